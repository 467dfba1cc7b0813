using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Usage;
using Atlas.Queries.Keys;
using Atlas.Runtime;

namespace Atlas.Cli.Run.Report;

/// <summary>What a run reports about learning.</summary>
internal sealed record LearningFigures
{
    public required string LearningKey { get; init; }

    /// <summary>Gets the reward of this session; null if there is none.</summary>
    public double? Latest { get; init; }

    /// <summary>Gets the newest rewards of the key, oldest first, including this session's.</summary>
    public ImmutableArray<double> Scores { get; init; } = [];

    /// <summary>Gets the mean of all rewards that the key ever had; null if there is none.</summary>
    public double? BaselineMean { get; init; }

    /// <summary>Gets the number of those rewards.</summary>
    public long BaselineCount { get; init; }

    /// <summary>Gets the tokens that the student used.</summary>
    public TokenUsage? Tokens { get; init; }

    public UsageSnapshot? Usage { get; init; }

    /// <summary>Gets what is worth remembering about this session.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public ImmutableArray<PlaybookEntry> Entries { get; init; } = [];

    /// <summary>Gets the number of candidates that the latest synthesis rejected.</summary>
    public int Rejected { get; init; }

    /// <summary>Gets when that was, as it is stored.</summary>
    public string? RejectedAt { get; init; }

    /// <summary>Computes the figures from a result and the key's status after it.</summary>
    /// <param name="result">The run.</param>
    /// <param name="key">What the key has learned; null if nothing.</param>
    /// <param name="notes">The session's notes.</param>
    public static LearningFigures Of(RunResult result, KeyStanding? key, IEnumerable<string?> notes)
    {
        var failure = key is null ? null : Learning.Synthesis.LatestFailure.Of(key.Newest.Playbook);
        return new LearningFigures
        {
            LearningKey = result.LearningKey,
            Latest = result.Reward?.Score,
            Scores = key?.Scores ?? [],
            BaselineMean = key?.MeanScore,
            BaselineCount = key?.ScoreCount ?? 0,
            Tokens = result.Usage.GetValueOrDefault("student"),
            Usage = result.Cues,
            Notes = [.. notes.OfType<string>().Where(note => !string.IsNullOrWhiteSpace(note))],
            Entries = key?.Newest.Playbook.Entries ?? [],
            Rejected = failure is { } record && record.TryGetProperty("rejected_candidates", out var refused) ? refused.GetArrayLength() : 0,
            RejectedAt = failure is { } told && told.TryGetProperty("timestamp", out var time) ? time.GetString() : null,
        };
    }
}
