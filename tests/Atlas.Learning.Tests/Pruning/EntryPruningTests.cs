using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Pruning;
using Xunit;

namespace Atlas.Learning.Tests.Pruning;

public sealed class EntryPruningTests
{
    private static readonly PruningOptions Options = new();

    private static EntryImpact Impact(
        int observed, int withHits, int cueHits, int successes, double withSum, int withCount, double withoutSum, int withoutCount, int incidents) => new()
        {
            SessionsObserved = observed,
            SessionsWithHits = withHits,
            SessionsWithoutHits = observed - withHits,
            TotalCueHits = cueHits,
            SuccessfulAdoptions = successes,
            RewardWithSum = withSum,
            RewardWithCount = withCount,
            RewardWithoutSum = withoutSum,
            RewardWithoutCount = withoutCount,
            IncidentIds = [.. Enumerable.Range(0, incidents).Select(number => $"inc-{number}")],
        };

    [Theory]
    [InlineData(15, 0, 0, 0, 0, 0, 0, 0, 0, PruneReason.TooSpecific)]
    [InlineData(10, 5, 10, 3, 5.0, 10, 6.0, 10, 1, PruneReason.Harmful)]
    [InlineData(15, 12, 20, 15, 10, 20, 10, 20, 1, PruneReason.Neutral)]
    [InlineData(25, 10, 15, 8, 8, 10, 7, 10, 1, PruneReason.NoTransfer)]
    [InlineData(15, 10, 15, 10, 8, 10, 6, 10, 2, null)]
    [InlineData(5, 0, 0, 0, 0, 0, 0, 0, 0, null)]
    public void An_entry_is_judged_by_its_impact(
        int observed, int withHits, int cueHits, int successes, double withSum, int withCount, double withoutSum, int withoutCount, int incidents, string? reason)
    {
        var impact = Impact(observed, withHits, cueHits, successes, withSum, withCount, withoutSum, withoutCount, incidents);
        var outcome = EntryPruning.Apply([Build.Entry("e", impact: impact)], Options, Build.Now);
        Assert.Equal(reason, outcome.Pruned.SingleOrDefault()?.Reason);
        Assert.Equal(reason is null ? 1 : 0, outcome.Kept.Length);
    }

    [Fact]
    public void An_entry_without_impact_stays() => Assert.Single(EntryPruning.Apply([Build.Entry("e")], Options, Build.Now).Kept);

    [Fact]
    public void L12_without_any_incident_nothing_is_missing_transfer()
    {
        var impact = Impact(25, 10, 15, 8, 8, 10, 7, 10, 0);
        ImmutableArray<PlaybookEntry> entries = [Build.Entry("e", impact: impact)];
        Assert.Empty(EntryPruning.Apply(entries, Options, Build.Now).Pruned);
        Assert.Equal(PruneReason.NoTransfer, Assert.Single(EntryPruning.Apply(entries, Options, Build.Now, incidentsSeen: true).Pruned).Reason);
        var other = Build.Entry("other", impact: Impact(1, 1, 1, 1, 1, 1, 0, 0, 1));
        Assert.Equal("e", Assert.Single(EntryPruning.Apply(entries.Add(other), Options, Build.Now).Pruned).Id);
    }

    [Fact]
    public void The_rates_are_those_of_the_counters()
    {
        var impact = Impact(20, 15, 25, 20, 7.5, 10, 5, 10, 0);
        Assert.Equal((0.75, 0.8, 0.25), (impact.HitRate, impact.AdoptionRate, impact.RewardDelta));
        Assert.Null(Impact(20, 15, 25, 20, 7.5, 10, 5, 0, 0).RewardDelta);
    }

    [Fact]
    public void L9_a_pruned_entry_leaves_a_trace()
    {
        var impact = Impact(15, 0, 0, 0, 0, 0, 0, 0, 0);
        var result = Build.Apply(Build.Playbook(Build.Entry("dead", impact: impact), Build.Entry("alive")), Build.Answer([]));
        Assert.Equal(["alive"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Equal("dead", Assert.Single(result.Pruned).Id);
        Assert.True(result.Changed);
        var trace = Assert.Single(result.Playbook.Metadata["pruned_entries"].EnumerateArray());
        Assert.Equal("dead", trace.GetProperty("id").GetString());
        Assert.Equal(PruneReason.TooSpecific, trace.GetProperty("reason").GetString());
        Assert.Equal("2026-03-04T09:15:21.000000+00:00", trace.GetProperty("pruned_at").GetString());
        Assert.Equal(15, trace.GetProperty("impact").GetProperty("sessions_observed").GetInt32());
    }

    [Fact]
    public void L9_the_list_of_traces_is_bounded_and_names_an_entry_once()
    {
        var impact = Impact(15, 0, 0, 0, 0, 0, 0, 0, 0);
        var playbook = LearnedPlaybook.Empty;
        for (var round = 0; round < 8; round++)
        {
            var entries = Enumerable.Range(round * 8, 10).Select(number => Build.Entry($"e{number}", impact: impact));
            playbook = Build.Apply(playbook with { Entries = [.. entries] }, Build.Answer([])).Playbook;
        }

        var ids = playbook.Metadata["pruned_entries"].EnumerateArray().Select(trace => trace.GetProperty("id").GetString()).ToList();
        Assert.Equal(50, ids.Count);
        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal("e65", ids[^1]);
    }

    [Fact]
    public void Pruning_happens_although_the_answer_is_rejected()
    {
        var impact = Impact(15, 0, 0, 0, 0, 0, 0, 0, 0);
        var result = Build.Apply(Build.Playbook(Build.Entry("dead", impact: impact)), Build.Json("[]"));
        Assert.False(result.Accepted);
        Assert.Empty(result.Playbook.Entries);
    }

    [Fact]
    public void L23_a_negative_delta_is_allowed_and_warned_of()
    {
        var options = new LearningOptions { PruningConfig = Options with { MinRewardDelta = -0.5 } };
        Assert.Contains("min_reward_delta", Assert.Single(OptionAdvice.For(options)), StringComparison.Ordinal);
        Assert.Empty(OptionAdvice.For(new LearningOptions()));
    }
}
