using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Meaning;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a synthesizer's answer, or from its failure. Pure.</summary>
public static class SynthesisDecisions
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly string NothingLearned = PlaybookContentHash.Compute(LearnedPlaybook.Empty);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>Commits a proposal, whatever happened to the key in the meantime.</summary>
    /// <param name="state">The key now.</param>
    /// <param name="proposal">What the synthesizer proposes.</param>
    /// <param name="mayRerun">Whether the synthesizer can be asked again if the answer is out of date.</param>
    /// <remarks>Entries are pruned with every synthesis, even with one that proposed nothing.</remarks>
    public static Decision<SynthesisConclusion> Conclude(LearningKeyState state, SynthesisProposal proposal, bool mayRerun)
    {
        if (state.Frozen is not null)
        {
            return new([], new SynthesisConclusion(Done: true));
        }

        // What was forgotten meanwhile must not return through an answer to an earlier state.
        if (state.Forgetting?.Sequence > proposal.Snapshot.Revision)
        {
            return new([], new SynthesisConclusion(Done: false));
        }

        // Nor must a session teach that was quarantined while the synthesizer thought about it.
        if (LostSession(state, proposal))
        {
            return new([], new SynthesisConclusion(Done: false));
        }

        // Trials can have condemned words since the synthesizer was asked.
        var context = proposal.Context.With(state.Trials);
        var result = SynthesisAcceptance.Apply(proposal.Snapshot.Playbook, state.Playbook, proposal.Answer, context);
        if (result.NeedsRerun && mayRerun)
        {
            return new([], new SynthesisConclusion(Done: false));
        }

        var by = new Signature($"synthesizer:{proposal.Synthesizer}", context.Now, result.Reason ?? proposal.Silence);
        var support = proposal.Support is { } seen ? seen with { Cited = result.Cited, Reworded = Reworded(result) } : null;
        var next = PlaybookVersions.Next(state, result.Playbook, CauseOf(result, proposal), SourcesOf(proposal), context.Options, by, support);
        var changed = next.ContentSha256 != (state.ContentSha256 ?? NothingLearned);
        var concluded = new SynthesisConcluded
        {
            SessionIds = proposal.SessionIds,
            MoreSessions = proposal.Snapshot.MorePending,
            Outcome = changed ? "changed" : !result.Accepted ? "rejected" : proposal.Silence is null ? "unchanged" : "silent",
            Synthesizer = proposal.Synthesizer,
            Reason = by.Reason,
            Cost = proposal.Cost,
            Spent = proposal.Spent,
            HourlyLimit = context.Options.SynthesesPerHour,
            BeginsHour = SynthesisBudget.BeginsHour(state.Budget, context.Now),
            Audit = proposal.Audit,
            Basis = BasisOf(proposal, result.Cited),
            Meanings = result.Meanings.IsEmpty ? null : result.Meanings,
            Supported = changed ? [] : next.Trials?.Entries ?? [],
            Metadata = result.Playbook.Metadata,
            At = by.At,
            Author = by.Author,
        };
        var rules = EvidenceDecisions.Rules(state, context.Options, by);
        return new(
            changed ? [.. rules, next, concluded] : concluded.Supported.IsEmpty ? [concluded] : [.. rules, concluded],
            new SynthesisConclusion(Done: true, result.StudentNote, result.TeacherNote) { Recorded = true });
    }

    /// <summary>Handles a failure of the synthesizer: the sessions keep waiting, and it is tried again after a growing delay.</summary>
    /// <param name="state">The key now.</param>
    /// <param name="synthesizer">The name of the synthesizer.</param>
    /// <param name="reason">The reason, as a sentence.</param>
    /// <param name="now">The time.</param>
    /// <param name="spent">The number of syntheses by a language model that it took.</param>
    /// <param name="hourlyLimit">The hourly limit.</param>
    /// <param name="cost">What answers cost that came too late for the key; null for nothing.</param>
    public static Decision<bool> Fail(
        LearningKeyState state, string synthesizer, string reason, DateTimeOffset now, int spent = 0, int hourlyLimit = 0, TokenUsage? cost = null)
    {
        var failures = (state.LastSynthesis?.ConsecutiveFailures ?? 0) + 1;
        var pause = Math.Min(LongestRetry.TotalSeconds, FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)));
        return new(
            [new SynthesisFailed
            {
                Synthesizer = synthesizer,
                Reason = reason,
                Cost = cost,
                Spent = spent,
                HourlyLimit = hourlyLimit,
                BeginsHour = SynthesisBudget.BeginsHour(state.Budget, now),
                ConsecutiveFailures = failures,
                RetryAt = now.AddSeconds(pause),
                At = now,
                Author = $"synthesizer:{synthesizer}",
            }],
            true);
    }

    private static bool LostSession(LearningKeyState state, SynthesisProposal proposal)
    {
        var pending = state.Pending.ToHashSet();
        var shown = proposal.SessionIds.ToHashSet();
        return proposal.Snapshot.Pending.Any(id => shown.Contains(id) && !pending.Contains(id) && !MadeRoom(id)) || SawQuarantined(state, proposal);

        // So many have come meanwhile that it is no longer in the list, but it teaches.
        bool MadeRoom(long id) => state.MorePending > proposal.Snapshot.MorePending && state.Applied.Contains(id) is not false;
    }

    /// <summary>Whether a session that the synthesizer was shown has been taken out of the evidence since.</summary>
    internal static bool SawQuarantined(LearningKeyState state, SynthesisProposal proposal) => proposal.Evidence.Any(
        id => state.Trials?.TakenOut.Contains(id) is true && proposal.Snapshot.Trials?.TakenOut.Contains(id) is not true);

    private static ImmutableSortedDictionary<string, ImmutableArray<long>>? BasisOf(
        SynthesisProposal proposal, ImmutableDictionary<string, ImmutableArray<long>> cited)
    {
        var shown = SourcesOf(proposal);
        return cited.IsEmpty || shown.IsEmpty ? null : cited.ToImmutableSortedDictionary(
            entry => entry.Key,
            entry => entry.Value.Where(shown.Contains).Distinct().Order().ToImmutableArray() is { IsEmpty: false } named ? named
                : proposal.Cost is not null && proposal.Support?.Latest is { } latest ? [latest] : shown,
            StringComparer.Ordinal);
    }

    private static ImmutableDictionary<string, string> Reworded(SynthesisResult result) => result.Meanings
        .Where(finding => finding.Consequence is MeaningConsequence.Rewords).ToImmutableDictionary(finding => finding.Entry, finding => finding.KnownSha, StringComparer.Ordinal);

    // A version is learned from everything that was shown, so that a session can be traced to everything it taught.
    private static ImmutableArray<long> SourcesOf(SynthesisProposal proposal) =>
        [.. proposal.Evidence.Concat(proposal.SessionIds).Distinct().Order()];

    private static PlaybookCause CauseOf(SynthesisResult result, SynthesisProposal proposal) =>
        !result.Pruned.IsEmpty && (!result.Accepted || proposal.Silence is not null) ? PlaybookCause.Prune : PlaybookCause.Synthesis;
}
