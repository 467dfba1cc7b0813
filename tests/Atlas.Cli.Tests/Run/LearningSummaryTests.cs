using System.Collections.Immutable;
using Atlas.Cli.Run.Report;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Usage;
using Xunit;

namespace Atlas.Cli.Tests.Run;

public sealed class LearningSummaryTests
{
    [Fact]
    public void All_that_is_known_is_said_in_its_lines()
    {
        var lines = LearningSummary.Lines(
            new LearningFigures
            {
                LearningKey = "tenant::agent",
                Latest = 0.86,
                Scores = [0.1, 0.78, 0.8, 0.82, 0.84, 0.86],
                BaselineMean = 0.75,
                BaselineCount = 20,
                Tokens = new TokenUsage(3, 123, 321),
                Usage = Usage(cueHits: 2, adoptions: 3, failed: 1),
                Notes = ["Ask first.", new string('x', 300)],
                Entries = [Entry("entry-alpha", EntryLifecycle.Active), Entry("entry-old", EntryLifecycle.Deprecated)],
                Rejected = 1,
                RejectedAt = "2025-10-29T12:00:00Z",
            },
            isStreaming: false);

        Assert.Equal("=== Learning Summary ===", lines[0]);
        Assert.Contains("Reward: latest=0.86; recent=0.82 (n=5); baseline=0.75 (n=20); Δ=+0.07", lines);
        Assert.Contains("Tokens: prompt=123 completion=321 total=444 calls=3", lines);
        Assert.Contains("Usage: cue_hits=2 (steps=2); adoptions=3 (success=2, failed=1) steps=1", lines);
        Assert.Contains("Note: Ask first.", lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 260));
        var entry = Assert.Single(lines, line => line.Contains("entry-", StringComparison.Ordinal));
        Assert.Contains("entry-alpha [validate_assumptions]", entry, StringComparison.Ordinal);
        Assert.Contains("cue_hits=4; adoptions=2/3; reward_with=1.70 without=1.20 (Δ+0.50); tokens Δ-50", entry, StringComparison.Ordinal);
        Assert.Contains("Recent Failures: rejected=1 (latest: 2025-10-29T12:00:00Z)", lines);
        Assert.Equal("Learning Key: tenant::agent", lines[^1]);
    }

    [Fact]
    public void Nothing_to_say_is_no_line_at_all() =>
        Assert.Empty(LearningSummary.Lines(new LearningFigures { LearningKey = "k" }, isStreaming: false));

    [Fact]
    public void After_a_stream_the_heading_is_quieter() => Assert.Equal(
        "--- Learning Summary ---", LearningSummary.Lines(new LearningFigures { LearningKey = "k", Latest = 1 }, isStreaming: true)[0]);

    private static UsageSnapshot Usage(int cueHits, int adoptions, int failed) => new()
    {
        Session = new SessionCounters
        {
            CueHits = cueHits,
            ActionAdoptions = adoptions,
            FailedAdoptions = failed,
            UniqueCueSteps = [1, 2],
            UniqueAdoptionSteps = [1],
        },
    };

    private static PlaybookEntry Entry(string id, string lifecycle) => new()
    {
        Id = id,
        Cue = new EntryCue { Type = "keyword", Pattern = "x" },
        Action = new EntryAction { Imperative = "Validate assumptions first.", RuntimeHandle = "validate_assumptions" },
        ExpectedEffect = "Fewer errors.",
        Scope = new EntryScope { Category = "reinforcement" },
        Provenance = new EntryProvenance { Status = new EntryStatus { Category = "reinforcement", Lifecycle = lifecycle } },
        Impact = new EntryImpact
        {
            SessionsObserved = 4,
            SessionsWithHits = 2,
            TotalCueHits = 4,
            TotalAdoptions = 3,
            SuccessfulAdoptions = 2,
            RewardWithSum = 3.4,
            RewardWithCount = 2,
            RewardWithoutSum = 2.4,
            RewardWithoutCount = 2,
            TokensWithSum = 200,
            TokensWithCount = 2,
            TokensWithoutSum = 300,
            TokensWithoutCount = 2,
        },
    };
}
