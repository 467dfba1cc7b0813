using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Learning.Forgetting;

/// <summary>What follows from a rewritten journal: for the key, and for its newest version. Pure.</summary>
public static class ForgettingDecisions
{
    /// <summary>Returns the events to append to the rewritten journal: one that vouches for it, one that records entries which are out of use
    /// without the forgotten sessions, and a version of what is left if the newest one lost something.</summary>
    /// <param name="before">The key as it is.</param>
    /// <param name="rewrite">Its journal without what is forgotten.</param>
    /// <param name="sessions">The forgotten sessions.</param>
    /// <param name="options">The options, for the hashes of what is injected.</param>
    /// <param name="by">Who forgets, when and why.</param>
    /// <remarks>A freeze or a pin does not delay it: what must be forgotten must not be served.</remarks>
    public static (ImmutableArray<LearningKeyEvent> Events, LearningKeyState After) Conclude(
        LearningKeyState before, JournalRewrite rewrite, ImmutableArray<long> sessions, LearningOptions options, Signature by)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(rewrite);
        var events = ImmutableArray.CreateBuilder<LearningKeyEvent>();
        var state = Add(rewrite.State, new SessionsForgotten
        {
            SessionIds = sessions, Withdrawn = rewrite.Withdrawn.Length, Reason = by.Reason, At = by.At, Author = by.Author,
        });
        if (Judged(before, state) is { IsEmpty: false } judged)
        {
            state = Add(state, new EntriesJudged { Entries = judged, At = by.At, Author = "evidence" });
        }

        if (rewrite.State.ContentSha256 != before.ContentSha256)
        {
            foreach (var rules in EvidenceDecisions.Rules(state, options, by))
            {
                state = Add(state, rules);
            }

            state = Add(state, PlaybookVersions.Next(state, state.Playbook, PlaybookCause.Forgetting, [], options, by));
        }

        return (events.ToImmutable(), state);

        LearningKeyState Add(LearningKeyState to, LearningKeyEvent happened)
        {
            events.Add(happened with { Sequence = to.Revision + 1 });
            return LearningKeyFold.Apply(to, events[^1]);
        }
    }

    // What remains of the evidence condemns them, and no event of the journal says so.
    private static ImmutableArray<EntryJudgement> Judged(LearningKeyState before, LearningKeyState state) =>
    [
        .. (state.Trials?.Evidence.Entries ?? [])
            .Select(trial => new StandingChange(trial.Entry, trial.Sha, before.Trials?.Evidence.Find(trial.Entry, trial.Sha)?.State ?? trial.Start, trial.State))
            .Where(change => change.From.IsOvertakenBy(change.To))
            .Select(change => EvidenceDecisions.Judgement(state, change)),
    ];
}
