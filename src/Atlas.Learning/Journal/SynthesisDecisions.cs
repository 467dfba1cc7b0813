using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a synthesizer's answer, or from its failure. Pure.</summary>
public static class SynthesisDecisions
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>Commits a proposal that was made from <paramref name="snapshot"/>, whatever happened to the key meanwhile.</summary>
    /// <param name="state">The key now.</param>
    /// <param name="snapshot">The key as the synthesizer saw it.</param>
    /// <param name="sessionIds">The sessions it was made from.</param>
    /// <param name="answer">The synthesizer's answer, any JSON.</param>
    /// <param name="context">Options and evidence for judging it.</param>
    /// <param name="synthesizer">Its name.</param>
    /// <param name="mayRerun">Whether an answer that the key has outrun may be asked for again.</param>
    /// <returns><see langword="true"/> if the synthesis is done; false if it has to be run again on the present state.</returns>
    public static Decision<bool> Conclude(
        LearningKeyState state,
        LearningKeyState snapshot,
        ImmutableArray<long> sessionIds,
        JsonElement answer,
        SynthesisContext context,
        string synthesizer,
        bool mayRerun)
    {
        if (state.Frozen is not null)
        {
            return new([], true);
        }

        var result = SynthesisAcceptance.Apply(snapshot.Playbook, state.Playbook, answer, context);
        if (result.NeedsRerun && mayRerun)
        {
            return new([], false);
        }

        var by = new Signature($"synthesizer:{synthesizer}", context.Now, result.Reason);
        var next = PlaybookVersions.Next(
            state, result.Playbook, CauseOf(result, state), sessionIds, context.Options, by);
        var changed = next.ContentSha256 != (state.ContentSha256 ?? PlaybookContentHash.Compute(LearnedPlaybook.Empty));
        var concluded = new SynthesisConcluded
        {
            SessionIds = sessionIds,
            Outcome = changed ? "changed" : result.Accepted ? "unchanged" : "rejected",
            Synthesizer = synthesizer,
            Reason = result.Reason,
            Metadata = result.Playbook.Metadata,
            At = by.At,
            Author = by.Author,
        };
        return new(changed ? [next, concluded] : [concluded], true);
    }

    /// <summary>The synthesizer looked at the sessions and had nothing to say.</summary>
    public static Decision<bool> StaySilent(
        LearningKeyState state, ImmutableArray<long> sessionIds, string synthesizer, string reason, DateTimeOffset now) =>
        state.Frozen is not null
            ? new([], true)
            : new(
                [new SynthesisConcluded
                {
                    SessionIds = sessionIds,
                    Outcome = "silent",
                    Synthesizer = synthesizer,
                    Reason = reason,
                    At = now,
                    Author = $"synthesizer:{synthesizer}",
                }],
                true);

    /// <summary>The synthesizer failed: the sessions go on waiting, and it is tried again after a growing pause.</summary>
    public static Decision<bool> Fail(LearningKeyState state, string synthesizer, string reason, DateTimeOffset now)
    {
        var failures = (state.LastSynthesis?.ConsecutiveFailures ?? 0) + 1;
        var pause = Math.Min(LongestRetry.TotalSeconds, FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)));
        return new(
            [new SynthesisFailed
            {
                Synthesizer = synthesizer,
                Reason = reason,
                ConsecutiveFailures = failures,
                RetryAt = now.AddSeconds(pause),
                At = now,
                Author = $"synthesizer:{synthesizer}",
            }],
            true);
    }

    private static string CauseOf(SynthesisResult result, LearningKeyState state) =>
        !result.Accepted && !result.Pruned.IsEmpty && result.Playbook.Entries.Length < state.Playbook.Entries.Length
            ? PlaybookCause.Prune
            : PlaybookCause.Synthesis;
}
