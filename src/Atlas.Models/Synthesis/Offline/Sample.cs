using Atlas.Domain;
using System.Collections.Immutable;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>The sessions of a synthesis, by number, and which of them had the same task.</summary>
internal sealed class Sample
{
    private Sample(ImmutableArray<RewardedSession> sessions, double goodScore)
    {
        Sessions = sessions;
        Good = [.. sessions.Select(session => session.Score >= goodScore)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        // A session with an unknown task counts as a separate task.
        TaskOf = [.. sessions.Select(session => Number(numbers, session.Digest.TaskKey is { Length: > 0 } key ? key : $"session {session.Id}"))];
        Tasks = numbers.Count;
        RunsOf = [.. Enumerable.Range(0, sessions.Length).GroupBy(i => TaskOf[i]).Select(runs => runs.ToArray())];
        Examples = [.. Enumerable.Range(0, Tasks).Select(task => sessions[RunsOf[task][0]])];
    }

    /// <summary>Gets the sessions, newest first.</summary>
    public ImmutableArray<RewardedSession> Sessions { get; }

    /// <summary>Gets for each session whether its score counts as a reward.</summary>
    public ImmutableArray<bool> Good { get; }

    /// <summary>Gets the number of each session's task.</summary>
    public ImmutableArray<int> TaskOf { get; }

    /// <summary>Gets for each task the numbers of its sessions, newest first.</summary>
    public ImmutableArray<int[]> RunsOf { get; }

    /// <summary>Gets the number of different tasks.</summary>
    public int Tasks { get; }

    /// <summary>Gets the newest session of each task.</summary>
    public ImmutableArray<RewardedSession> Examples { get; }

    public int GoodCount => Good.Count(good => good);

    /// <summary>Takes the newest sessions that can teach, each once.</summary>
    public static Sample Of(SynthesisRequest request, SynthesizerOptions options) => new(
        [.. request.Sessions
            .Where(session => session.ReviewStatus is not ReviewStatus.Quarantined && session.Score is >= 0 and <= 1)
            .DistinctBy(session => session.Id)
            .Take(options.MaximumSessions)],
        options.GoodScore);

    /// <summary>Returns why the sample is too small for any statement; null if it is not.</summary>
    public string? TooThin(SynthesizerOptions options)
    {
        if (Sessions.Length < options.MinimumSessions)
        {
            return $"Only {Sessions.Length} rewarded sessions can teach; the offline synthesizer needs at least {options.MinimumSessions}.";
        }

        var smaller = Math.Min(GoodCount, Sessions.Length - GoodCount);
        return smaller < options.MinimumPerSide
            ? $"Of {Sessions.Length} sessions {GoodCount} were rewarded; a contrast needs at least {options.MinimumPerSide} on either side."
            : null;
    }

    private static int Number(Dictionary<string, int> numbers, string key)
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            number = numbers.Count;
            numbers.Add(key, number);
        }

        return number;
    }
}
