using System.Globalization;
using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;

namespace Atlas.Learning.Evidence;

/// <summary>An experiment that a person started. “Shown” means that a session is in the new arm. Immutable.</summary>
public sealed record ExperimentTrial
{
    /// <summary>Its number within the key: 1, 2, 3 …</summary>
    public required int Number { get; init; }

    /// <summary>What is compared.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of the words of the entry that it is about; null if it is about no entry, and in
    /// older experiments, which are about the entry in any words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha { get; init; }

    /// <summary>What its sessions have shown.</summary>
    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>How far it has progressed.</summary>
    public ExperimentStatus Status { get; init; }

    /// <summary>The final verdict; while the experiment runs, the evidence decides.</summary>
    public ExperimentDecision Decision { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>The reason; null if none was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>When it was stopped or concluded; null if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether sessions are drawn for it.</summary>
    [JsonIgnore]
    public bool IsRunning => Status is ExperimentStatus.Running;

    /// <summary>Whether it was stopped or concluded.</summary>
    [JsonIgnore]
    public bool IsOver => Status is ExperimentStatus.Stopped or ExperimentStatus.Concluded;

    /// <summary>Separates its draws from those of all others.</summary>
    [JsonIgnore]
    public string Salt => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the verdict now, or the final one.</summary>
    public ExperimentDecision Verdict(EvidenceOptions options) => IsRunning ? ExperimentDecisions.Of(Evidence, options) : Decision;

    /// <summary>Whether the experiment can be concluded: it has a verdict, or all its planned sessions.</summary>
    public bool IsReady(EvidenceOptions options) =>
        IsRunning && (ExperimentDecisions.Of(Evidence, options) is not ExperimentDecision.GoOn || (Plan.MaxSessions is { } most && Evidence.Sessions >= most));

    /// <summary>Whether it is about an entry in these words.</summary>
    public bool IsAbout(string entry, string sha) => Plan.Entry == entry && (Sha is null || Sha == sha);

    /// <summary>Draws the arm of a session.</summary>
    /// <param name="key">The learning key.</param>
    /// <param name="unit">See <see cref="TrialDraw.Unit"/>.</param>
    public Domain.ArmAssignment Draw(string key, string unit)
    {
        var isNew = TrialDraw.Falls(TrialDraw.Of(TrialDraw.Experiment, key, "", Salt, unit), Plan.Share);
        return new(Salt, Plan.Share, isNew) { Unusual = Plan.NewVersion is not null || (isNew && Plan.Configuration is not null) };
    }
}
