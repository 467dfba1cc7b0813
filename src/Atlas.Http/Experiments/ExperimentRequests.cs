using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Domain.Experiments;

namespace Atlas.Http.Experiments;

/// <summary>The plan of an experiment. Its two arms differ in exactly one thing: the version, an entry or the configuration.</summary>
/// <param name="FirstVersion">The version that the first arm gets; 0 is the empty playbook. Requires <c>new_version</c>.</param>
/// <param name="NewVersion">The version that the new arm gets.</param>
/// <param name="Entry">The id of the entry that only the new arm gets.</param>
/// <param name="Configuration">What the new arm changes: one or more of <c>injection_mode</c>, <c>model</c> and
/// <c>system_prompt</c>, or <c>synthesizer</c> alone.</param>
/// <param name="Share">The share of sessions in the new arm, from 0.01 to 0.99. The default is 0.5.</param>
/// <param name="MaxSessions">The number of sessions, in both arms together, after which the experiment ends whatever it has found; at
/// least 2. If omitted, there is no limit.</param>
/// <param name="Difference">The difference in reward worth seeing, from 0.001 to 1. The number of sessions needed is estimated for it. The
/// default is 0.2.</param>
/// <param name="DryRun">Whether to only estimate how many sessions are needed and start nothing. The default is <c>false</c>.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record StartExperimentRequest(
    [property: Description("The version that the first arm gets; 0 is the empty playbook. Requires new_version.")] int? FirstVersion = null,
    [property: Description("The version that the new arm gets.")] int? NewVersion = null,
    [property: Description("The id of the entry that only the new arm gets.")] string? Entry = null,
    [property: Description("What the new arm changes: one or more of injection_mode, model and system_prompt, or synthesizer alone.")] ArmSettings? Configuration = null,
    [property: Description("The share of sessions in the new arm, from 0.01 to 0.99. The default is 0.5.")] double Share = 0.5,
    [property: Description("The number of sessions, in both arms together, after which the experiment ends whatever it has found; at least 2. If omitted, there is no limit.")] int? MaxSessions = null,
    [property: Description("The difference in reward worth seeing, from 0.001 to 1. The number of sessions needed is estimated for it. The default is 0.2.")] double Difference = 0.2,
    [property: Description("true only estimates how many sessions are needed, or says why the experiment cannot start. The default is false.")] bool DryRun = false,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null)
{
    public ExperimentPlan Plan() => new()
    {
        FirstVersion = FirstVersion,
        NewVersion = NewVersion,
        Entry = Entry?.Trim(),
        Configuration = Configuration,
        Share = Share,
        MaxSessions = MaxSessions,
        Difference = Difference,
    };
}

/// <summary>A started or planned experiment.</summary>
/// <param name="DryRun">Whether nothing was started.</param>
/// <param name="Needed">How many sessions the experiment needs.</param>
/// <param name="Experiment">The experiment; null for a dry run.</param>
internal sealed record StartExperimentAnswer(bool DryRun, ExperimentNeed Needed, ExperimentReport? Experiment);

/// <summary>The experiments of a learning key.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Experiments">The experiments, newest first. Of those that have ended, only the latest are listed.</param>
internal sealed record ExperimentsAnswer(string LearningKey, ImmutableArray<ExperimentReport> Experiments);

/// <summary>An entry to put on trial or to withdraw.</summary>
/// <param name="Entry">The id of the entry.</param>
/// <param name="Reason">The reason for the change, which the history shows.</param>
/// <param name="Author">Who makes the change. The default is the name of the API key.</param>
internal sealed record EntryRequest(
    [property: Description("The id of the entry.")] string Entry,
    [property: Description("The reason for the change, which the history shows.")] string? Reason = null,
    [property: Description("Who makes the change. The default is the name of the API key.")] string? Author = null);
