using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;

namespace Atlas.Cli.Playbooks;

/// <summary>Prints what trials have found, for people.</summary>
internal static class FindingsSheet
{
    public static void Write(KeyFindings? findings, Terminal terminal)
    {
        if (findings is null)
        {
            return;
        }

        terminal.Data($"evidence  {findings.Summary}");
        if (findings.Canary is { } canary)
        {
            terminal.Data($"on trial  version {canary.Version} against version {canary.Parent}. "
                + EffectWords.Of(canary.Effect, $"version {canary.Version}", "", $"with version {canary.Version}", $"with version {canary.Parent}")
                + $" {EffectWords.QuestionOf(canary.Version, canary.Parent)}"
                + (canary.Waiting is { } waiting ? $" Version {waiting} will be tried next." : ""));
        }

        if (findings.Experiments is [{ EndedAt: null } experiment, ..])
        {
            terminal.Data(string.Create(CultureInfo.InvariantCulture, $"experiment {experiment.Number}. {experiment.Summary}"));
        }

        if (findings.Decline is { } decline)
        {
            terminal.Data($"alarm     {decline}");
        }
    }

    /// <summary>Describes the status of an entry by how much it helps and from how many sessions that is known.</summary>
    public static string Standing(EntryFinding found) => found.State switch
    {
        EntryTrialState.Candidate => string.Create(CultureInfo.InvariantCulture, $"candidate: no session gets it until more tasks support it; {found.SupportingTasks} so far"),
        _ => $"{EffectWords.Standing(found.State)}{(found.Sessions == 0 ? "; no session has been assigned to it yet" : string.Create(
            CultureInfo.InvariantCulture,
            $": {EffectWords.Points(found.Effect.Effect)} points, {EffectWords.Bounds(found.Effect)}; {Wording.Count(found.Effect.Shown, "session")} with, {found.Effect.Held} without"))}"
            + (found.Effect.Missing > 0 && !found.State.IsFinal && found.Sessions > 0 ? string.Create(CultureInfo.InvariantCulture, $"; about {found.Effect.Missing} more until a difference of {found.Effect.Difference * 100:0} points can be detected") : ""),
    };
}
