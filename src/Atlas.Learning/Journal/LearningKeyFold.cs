using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Impact;

namespace Atlas.Learning.Journal;

/// <summary>Applies events to a key's state. Decides nothing: everything uncertain was settled when the event was made.</summary>
public static class LearningKeyFold
{
    /// <summary>Returns the state after all of <paramref name="events"/>, in order.</summary>
    public static LearningKeyState Apply(LearningKeyState state, IEnumerable<LearningKeyEvent> events) =>
        events.Aggregate(state, Apply);

    /// <summary>Returns the state after <paramref name="happened"/>.</summary>
    /// <exception cref="InvalidOperationException">The event does not follow the last applied one.</exception>
    public static LearningKeyState Apply(LearningKeyState state, LearningKeyEvent happened)
    {
        if (happened.Sequence != state.Revision + 1)
        {
            throw new InvalidOperationException(
                $"Event {happened.Sequence} does not follow event {state.Revision}: a journal is folded in order and without a gap.");
        }

        var next = happened switch
        {
            SessionObserved observed => Observe(state, observed),
            SessionRewarded rewarded => Reward(state, rewarded),
            SessionReviewed reviewed => Review(state, reviewed),
            PlaybookChanged changed => Change(state, changed),
            EvidenceRulesSet set => state with { Trials = TrialFold.Rule(state.Trials ?? KeyTrials.Of(set.Rules), set) },
            EntriesJudged judged => state with { Trials = state.Trials is { } trials ? TrialFold.Judge(trials, judged) : null },
            EntryStandingSet set => state with { Trials = state.Trials is { } trials ? TrialFold.Put(trials, set) : null },
            AlarmRaised raised => state with { Trials = state.Trials is { } trials ? trials with { AlarmSince = raised.At } : null },
            AlarmClosed => state with { Trials = state.Trials is { } trials ? TrialFold.CloseAlarm(trials) : null },
            CanaryBegun begun => state with { Trials = state.Trials is { } trials ? TrialFold.Begin(trials, begun) : null },
            CanaryConcluded concluded => state with
            {
                Trials = state.Trials is { } trials ? TrialFold.Conclude(trials, state, concluded) : null,
                EpochSince = concluded.BeginsEpoch is true ? concluded.At : state.EpochSince,
            },
            ExperimentStarted started => state with { Trials = state.Trials is { } trials ? ExperimentFold.Start(trials, started) : null },
            ExperimentDecided decided => state with { Trials = state.Trials is { } trials ? ExperimentFold.Decide(trials, decided) : null },
            ExperimentEnded ended => state with { Trials = state.Trials is { } trials ? ExperimentFold.End(trials, ended) : null },
            EntriesCompared compared => state with { ComparedVersion = compared.Version, Pairs = compared.Pairs.IsEmpty ? null : compared.Pairs },
            SynthesisConcluded concluded => Conclude(state, concluded),
            SynthesisFailed failed => state with
            {
                LastSynthesis = new SynthesisReport(
                    failed.At, "failed", failed.Synthesizer, failed.Reason, failed.ConsecutiveFailures, failed.RetryAt, failed.Cost),
                Budget = SynthesisBudget.Spend(state.Budget, failed.Spent, failed.HourlyLimit, failed.At, failed.BeginsHour),
                SynthesisCost = WithCost(state, failed.Cost),
            },
            KeyFrozen frozen => state with { Frozen = new Freeze(frozen.Author, frozen.At, frozen.Reason) },
            KeyUnfrozen => state with { Frozen = null },
            KeyStaged staged => state with
            {
                Staging = new Staging(true, staged.Author, staged.At, staged.Reason),
                Trials = state.Trials?.WithoutCanary(),
                Served = state.Served ?? (!staged.Serves ? null : state.Trials?.OnTrial ?? new ServedPlaybook(state.Version, state.UpdatedAt, WithoutMetadata(state.Playbook))),
            },
            KeyUnstaged unstaged => state with
            {
                Staging = new Staging(false, unstaged.Author, unstaged.At, unstaged.Reason),
                Trials = state.Trials?.WithoutCanary(),
                Served = state.Pinned is null ? null : state.Served,
            },
            VersionPromoted promoted => state with
            {
                Served = new ServedPlaybook(promoted.Version, promoted.MadeAt, promoted.Playbook),
                Trials = state.Trials?.WithoutCanary(),
                Staging = state.Staging ?? new Staging(true, promoted.Author, promoted.At, promoted.Reason),
            },
            VersionPinned pinned => state with
            {
                Served = new ServedPlaybook(pinned.Version, pinned.MadeAt, pinned.Playbook),
                Trials = state.Trials?.WithoutCanary(),
                Pinned = new Pin(pinned.Version, pinned.Author, pinned.At, pinned.Reason),
            },
            VersionUnpinned unpinned => state with
            {
                Pinned = null,
                Served = unpinned.Staged ? state.Served : null,
                Staging = unpinned.Staged ? state.Staging ?? new Staging(true, unpinned.Author, unpinned.At, unpinned.Reason) : state.Staging,
            },
            SessionsForgotten forgotten => state with
            {
                Forgetting = new KeyForgetting(
                    forgotten.Sequence, forgotten.SessionIds.Aggregate(state.Forgetting?.Sessions ?? SessionIdSet.Empty, (sessions, id) => sessions.Add(id))),
            },
            EventForgotten => state,
            _ => throw new InvalidOperationException($"There is no rule for folding a {happened.GetType().Name}."),
        };
        return next with { Revision = happened.Sequence };
    }

    private static LearningKeyState Change(LearningKeyState state, PlaybookChanged changed)
    {
        var next = state with
        {
            Version = changed.Version,
            UpdatedAt = changed.At,
            ContentSha256 = changed.ContentSha256,
            Playbook = changed.Playbook,
            Pairs = EntryPair.Left(state.Pairs, changed.Playbook),
            Merged = MergedEntry.After(state.Merged, changed),
        };
        return state.Trials is not { } trials ? next : next with { Trials = TrialFold.Change(trials, state, changed) };
    }

    private static LearningKeyState Observe(LearningKeyState state, SessionObserved observed)
    {
        var counted = state with
        {
            Observed = state.Observed.Add(observed.SessionId),
            LateRewards = observed.IsLateReward ? (state.LateRewards ?? SessionIdSet.Empty).Add(observed.SessionId) : state.LateRewards,
            SessionsObserved = state.SessionsObserved + 1,
        };
        counted = RewardFold.Add(counted, observed.Outcome, observed.RewardWindow) with { Trials = counted.Trials?.Count(observed.Outcome, counted.InForce.Version) };
        var judged = observed.CountsForImpact ? Judge(counted, entries => ImpactMerge.Apply(entries, observed.Outcome, observed.At)) : counted;
        return observed.Teaches ? Wait(judged, observed.SessionId, observed.PendingLimit) : judged;
    }

    private static LearningKeyState Reward(LearningKeyState state, SessionRewarded rewarded)
    {
        var counted = RewardFold.Add(state, rewarded.Outcome, rewarded.RewardWindow) with
        {
            LateRewards = (state.LateRewards ?? SessionIdSet.Empty).Add(rewarded.SessionId),
            Trials = state.Trials?.Count(rewarded.Outcome, state.InForce.Version, isLate: true, rewarded.Evidence),
        };
        var judged = rewarded.CountsForImpact ? Judge(counted, entries => ImpactMerge.Reward(entries, rewarded.Outcome)) : counted;
        return rewarded.Teaches ? Wait(judged, rewarded.SessionId, rewarded.PendingLimit) : judged;
    }

    /// <summary>Counts for the entries that sessions get. A candidate that reached no prompt neither helped nor failed.</summary>
    private static LearningKeyState Judge(LearningKeyState state, Func<ImmutableArray<PlaybookEntry>, ImmutableArray<PlaybookEntry>> count)
    {
        if (state.Served is not { } served)
        {
            return state with { Playbook = state.Playbook with { Entries = count(state.Playbook.Entries) } };
        }

        var given = served.Playbook.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        return state with
        {
            Served = served with { Playbook = served.Playbook with { Entries = count(served.Playbook.Entries) } },
            Playbook = state.Playbook with
            {
                Entries = [.. state.Playbook.Entries.SelectMany(entry => given.Contains(entry.Id) ? count([entry]) : [entry])],
            },
        };
    }

    private static LearningKeyState Review(LearningKeyState before, SessionReviewed reviewed)
    {
        var state = before.Trials is { } trials ? before with { Trials = TrialFold.Review(trials, reviewed) } : before;
        if (reviewed.Teaches)
        {
            return Wait(state, reviewed.SessionId, reviewed.PendingLimit);
        }

        var judged = reviewed.Status is ReviewStatus.Quarantined ? RewardFold.Remove(state, reviewed.SessionId) : state;
        return reviewed.Withdrawn
            ? judged with
            {
                Pending = judged.Pending.Remove(reviewed.SessionId),
                Applied = judged.Applied.Remove(reviewed.SessionId),
                SessionsApplied = judged.SessionsApplied - 1,
            }
            : judged;
    }

    private static LearningKeyState Conclude(LearningKeyState state, SynthesisConcluded concluded)
    {
        var taken = concluded.SessionIds.ToHashSet();
        var left = state.Pending.RemoveAll(taken.Contains);

        // What it took and is not in the list has left the list for newer sessions since.
        var unlisted = taken.Count - (state.Pending.Length - left.Length);
        return state with
        {
            Trials = concluded.Supported.IsEmpty ? state.Trials : state.Trials?.Introduce(concluded.Supported),
            Pending = left,
            MorePending = state.MorePending == 0 ? 0 : Math.Max(0, state.MorePending - concluded.MoreSessions - unlisted),
            Playbook = concluded.Metadata is null ? state.Playbook : state.Playbook with { Metadata = concluded.Metadata },
            LastSynthesis = new SynthesisReport(
                concluded.At, concluded.Outcome, concluded.Synthesizer, concluded.Reason, Cost: concluded.Cost),
            Budget = SynthesisBudget.Spend(state.Budget, concluded.Spent, concluded.HourlyLimit, concluded.At, concluded.BeginsHour),
            SynthesisCost = WithCost(state, concluded.Cost),
        };
    }

    private static TokenUsage? WithCost(LearningKeyState state, TokenUsage? cost) =>
        cost is null ? state.SynthesisCost : (state.SynthesisCost ?? TokenUsage.None) + cost;

    internal static LearnedPlaybook WithoutMetadata(LearnedPlaybook playbook) =>
        playbook with { Metadata = LearnedPlaybook.Empty.Metadata };

    private static LearningKeyState Wait(LearningKeyState state, long sessionId, int limit)
    {
        var (pending, gone) = (state.Pending.Add(sessionId), limit == 0 ? 0 : Math.Max(0, state.Pending.Length + 1 - limit));
        return state with
        {
            Applied = state.Applied.Add(sessionId),
            SessionsApplied = state.SessionsApplied + 1,
            Pending = pending.RemoveRange(0, gone),
            MorePending = state.MorePending + gone,
        };
    }
}
