using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Usage;
using Atlas.Queries.Keys;
using Atlas.Runtime;

namespace Atlas.Cli.Run.Report;

/// <summary>What a run has to say about learning.</summary>
internal sealed record LearningFigures
{
    public required string LearningKey { get; init; }

    /// <summary>The reward of this session; null if there is none.</summary>
    public double? Latest { get; init; }

    /// <summary>The newest rewards of the key, oldest first, this session's among them.</summary>
    public ImmutableArray<double> Scores { get; init; } = [];

    /// <summary>Mean of all rewards that the key ever had; null if there is none.</summary>
    public double? BaselineMean { get; init; }

    /// <summary>How many those are.</summary>
    public long BaselineCount { get; init; }

    /// <summary>What the student used.</summary>
    public TokenUsage? Tokens { get; init; }

    public UsageSnapshot? Usage { get; init; }

    /// <summary>What this session is to be remembered for.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public ImmutableArray<PlaybookEntry> Entries { get; init; } = [];

    /// <summary>How many candidates the latest synthesis refused, if it did.</summary>
    public int Rejected { get; init; }

    /// <summary>When that was, as it is stored.</summary>
    public string? RejectedAt { get; init; }

    /// <summary>The figures of a result and of where the key stands after it.</summary>
    /// <param name="result">The run.</param>
    /// <param name="key">What the key knows; null if nothing.</param>
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
