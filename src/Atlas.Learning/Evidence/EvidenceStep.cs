using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>The key's trials after a session, and what follows from it.</summary>
/// <param name="Evidence">The trials now.</param>
/// <param name="Changes">Entries whose state changed.</param>
/// <param name="Canary">The decision on the version on trial. Anything but <see cref="CanaryDecision.GoOn"/> ends its trial: the caller
/// changes which version is served and replaces the trial with <see cref="CanaryTrial.Next"/>.</param>
/// <param name="AlarmRaised">Whether this session raised the alarm over time.</param>
public sealed record EvidenceStep(KeyEvidence Evidence, ImmutableArray<StandingChange> Changes, CanaryDecision Canary, bool AlarmRaised)
{
    internal static EvidenceStep Of(KeyEvidence before, KeyEvidence after, EvidenceOptions options) => new(
        after,
        [.. before.Entries.Zip(after.Entries)
            .Where(pair => pair.First.State != pair.Second.State)
            .Select(pair => new StandingChange(pair.Second.Entry, pair.Second.Sha, pair.First.State, pair.Second.State))],
        after.Canary is { } canary ? CanaryDecisions.Of(canary.Evidence, canary.Version.WasRead, options) : CanaryDecision.GoOn,
        after.Watch.IsRaised && !before.Watch.IsRaised);
}

/// <summary>A change in an entry's state.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">SHA-256 of the entry as it is rendered.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state now.</param>
public sealed record StandingChange(string Entry, string Sha, EntryTrialState From, EntryTrialState To);
