using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>The key's trials after a session, and what follows from it.</summary>
/// <param name="Evidence">The trials now.</param>
/// <param name="Changes">Entries that stand elsewhere now than before.</param>
/// <param name="Canary">What becomes of the version on trial. Anything but <see cref="CanaryDecision.GoOn"/> ends its trial: the caller
/// changes what is served, and puts <see cref="CanaryTrial.Next"/> in its place.</param>
/// <param name="AlarmRaised">Whether the alarm over time was raised by this session.</param>
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

/// <summary>An entry that stands elsewhere now.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">SHA-256 of the entry as it is rendered.</param>
/// <param name="From">Where it stood.</param>
/// <param name="To">Where it stands.</param>
public sealed record StandingChange(string Entry, string Sha, EntryTrialState From, EntryTrialState To);
