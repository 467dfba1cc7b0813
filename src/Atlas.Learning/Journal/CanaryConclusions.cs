using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows when the trial of a version ends. Pure.</summary>
internal static class CanaryConclusions
{
    /// <summary>Returns the end of the trial, and the version that replaces one that failed.</summary>
    public static IEnumerable<LearningKeyEvent> Of(
        LearningKeyState state, KeyTrials trials, CanaryTrial canary, CanaryDecision decision, LearningOptions options, Signature by)
    {
        var (evidence, version, parent) = (canary.Evidence, canary.Version.Number, canary.Parent.Number);
        var concluded = new CanaryConcluded
        {
            Decision = decision,
            Version = version,
            Parent = parent,
            Effect = evidence.Effect,
            Shown = evidence.Shown,
            Held = evidence.Held,
            Reason = Reason(decision, evidence, version, parent),
            Admitted = Admitted(trials, options),
            BeginsEpoch = options.Publish.IntervalSeconds > 0 ? true : null,
            At = by.At,
            Author = by.Author,
        };
        yield return concluded;

        // If another version is waiting, its trial begins. Otherwise the content from before the trial becomes current.
        if (decision is not CanaryDecision.Promote && canary.Next(decision) is null && trials.Parent is { } good)
        {
            var restored = good.Playbook with { Entries = EntryImpacts.Carry(good.Playbook.Entries, state, by.At), Metadata = state.Playbook.Metadata };
            yield return PlaybookVersions.Next(state, restored, PlaybookCause.Rollback, [], options, by with { Reason = concluded.Reason });
        }
    }

    private static ImmutableArray<EntryIntroduction> Admitted(KeyTrials trials, LearningOptions options) =>
    [
        .. trials.Evidence.Entries
            .Where(trial => trial is { State: EntryTrialState.Candidate, Support: { } support } && support.Reaches(options.Quorum, AuthorLimit.Of(trials, options, options.Quorum)))
            .Select(trial => new EntryIntroduction(trial.Entry, trial.Sha, trial.Start, Admitted: true)),
    ];

    private static string Reason(CanaryDecision decision, TrialEvidence evidence, int version, int parent)
    {
        var sessions = FormattableString.Invariant($"{evidence.Shown} sessions with version {version}, {evidence.Held} with version {parent}");
        var effect = evidence.Effect is { } found ? FormattableString.Invariant($", an effect of {found * 100:+0;-0;0} points on the reward") : "";
        return decision switch
        {
            CanaryDecision.Promote => $"version {version} helps or does not hurt: {sessions}{effect}",
            CanaryDecision.RollBack => $"to version {parent}: version {version} hurts; {sessions}{effect}",
            _ => $"to version {parent}: the trial of version {version} ended without a finding; {sessions}{effect}",
        };
    }
}
