using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Impact;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Impact;

public sealed class ImpactMergeTests
{
    private static readonly SessionOutcome Outcome = new()
    {
        SessionId = 7,
        Score = 0.8,
        TotalTokens = 1200,
        IncidentId = " INC-1 ",
        IncidentTags = ["eu", "eu", " "],
        RetryCount = 2,
        FailureEvents = 1,
        StartedAt = Build.Now,
    };

    private static EntryImpact Merge(SessionOutcome outcome, PlaybookEntry? entry = null) =>
        Assert.Single(ImpactMerge.Apply([entry ?? Build.Entry("e")], outcome, Build.Now)).Impact!;

    private static SessionOutcome Hit(SessionOutcome outcome, string role = "student") => outcome with
    {
        Usage = [new EntryUsage { EntryId = "e", Role = role, CueHits = 2, Adoptions = 3, SuccessfulAdoptions = 2, FailedAdoptions = 1 }],
    };

    [Fact]
    public void A_hit_counts_with_reward_tokens_and_evidence()
    {
        var impact = Merge(Hit(Outcome));
        Assert.Equal((1, 1, 0), (impact.SessionsObserved, impact.SessionsWithHits, impact.SessionsWithoutHits));
        Assert.Equal((2, 3, 2, 1), (impact.TotalCueHits, impact.TotalAdoptions, impact.SuccessfulAdoptions, impact.FailedAdoptions));
        Assert.Equal((0.8, 1, 1200d, 1), (impact.RewardWithSum, impact.RewardWithCount, impact.TokensWithSum, impact.TokensWithCount));
        Assert.Equal((0d, 0, 0d, 0), (impact.RewardWithoutSum, impact.RewardWithoutCount, impact.TokensWithoutSum, impact.TokensWithoutCount));
        Assert.Equal(["INC-1"], impact.IncidentIds);
        Assert.Equal(["eu"], impact.IncidentTags);
        Assert.Equal((2, 1, 1), (impact.RetrySum, impact.RetrySamples, impact.FailureEvents));
        Assert.Equal("2026-03-04T09:15:21.000000+00:00", impact.FirstObservedAt);
        Assert.Equal(impact.FirstObservedAt, impact.LastObservedAt);
    }

    [Fact]
    public void L12_an_entry_that_was_not_hit_gets_no_evidence()
    {
        var impact = Merge(Outcome);
        Assert.Equal((1, 0, 1), (impact.SessionsObserved, impact.SessionsWithHits, impact.SessionsWithoutHits));
        Assert.Equal((0.8, 1, 1200d, 1), (impact.RewardWithoutSum, impact.RewardWithoutCount, impact.TokensWithoutSum, impact.TokensWithoutCount));
        Assert.Empty(impact.IncidentIds);
        Assert.Empty(impact.IncidentTags);
        Assert.Equal((0, 0, 0), (impact.RetrySum, impact.RetrySamples, impact.FailureEvents));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    public void Without_reward_or_tokens_only_the_session_counts(double? score, double? tokens)
    {
        var impact = Merge(Hit(Outcome with { Score = score, TotalTokens = tokens }));
        Assert.Equal((1, 0d, 0, 0d, 0), (impact.SessionsWithHits, impact.RewardWithSum, impact.RewardWithCount, impact.TokensWithSum, impact.TokensWithCount));
    }

    [Fact]
    public void An_adoption_alone_is_a_hit()
    {
        var outcome = Outcome with { Usage = [new EntryUsage { EntryId = "e", Adoptions = 1, SuccessfulAdoptions = 1 }] };
        Assert.Equal(1, Merge(outcome).SessionsWithHits);
    }

    [Fact]
    public void Usage_counts_for_the_entry_of_its_audience()
    {
        Assert.Equal(0, Merge(Hit(Outcome, "teacher")).SessionsWithHits);
        Assert.Equal(1, Merge(Hit(Outcome, "Teacher"), Build.Entry("e", audience: " TEACHER ")).SessionsWithHits);
        Assert.Equal(1, Merge(Hit(Outcome), Build.Entry("e") with { Audience = null }).SessionsWithHits);
    }

    [Fact]
    public void L16_an_entry_is_not_charged_for_the_session_it_was_born_in()
    {
        var provenance = new EntryProvenance { CreatedAt = "2026-03-04T09:16:00.000000+00:00", SourceSessionId = 7 };
        var born = Build.Entry("e") with { Provenance = provenance };
        Assert.Null(Assert.Single(ImpactMerge.Apply([born], Outcome, Build.Now)).Impact);
        var later = Outcome with { SessionId = 8, StartedAt = Build.Now.AddHours(1) };
        Assert.Equal(1, Merge(later, born).SessionsObserved);
        var meanwhile = Outcome with { SessionId = 9 };
        Assert.Null(Assert.Single(ImpactMerge.Apply([born], meanwhile, Build.Now)).Impact);
    }

    [Fact]
    public void L16_an_older_entry_is_charged_although_the_session_is_named_as_its_source()
    {
        var entry = Build.Entry("e");
        Assert.Equal(1, Merge(Outcome, entry with { Provenance = entry.Provenance! with { SourceSessionId = 7 } }).SessionsObserved);
        Assert.Null(Assert.Single(ImpactMerge.Apply([entry with { Provenance = new EntryProvenance { SourceSessionId = 7 } }], Outcome, Build.Now)).Impact);
    }

    [Fact]
    public void The_newest_fifty_incidents_are_remembered()
    {
        ImmutableArray<PlaybookEntry> entries = [Build.Entry("e")];
        for (var number = 0; number < 60; number++)
        {
            entries = ImpactMerge.Apply(entries, Hit(Outcome with { SessionId = number, IncidentId = $"i{number}", IncidentTags = [$"t{number}"] }), Build.Now);
        }

        Assert.Equal(Enumerable.Range(10, 50).Select(number => $"i{number}"), entries[0].Impact!.IncidentIds);
        Assert.Equal("t59", entries[0].Impact!.IncidentTags[^1]);
    }

    [Fact]
    public void A_failed_session_counts_at_least_one_failure()
    {
        Assert.Equal(1, Merge(Hit(Outcome with { Failed = true, FailureEvents = 0 })).FailureEvents);
        Assert.Equal(4, Merge(Hit(Outcome with { Failed = true, FailureEvents = 4 })).FailureEvents);
        Assert.Equal(0, Merge(Hit(Outcome with { Failed = false, FailureEvents = 0 })).FailureEvents);
    }

    [Fact]
    public void An_entry_without_an_id_is_left_alone() =>
        Assert.Null(Assert.Single(ImpactMerge.Apply([Build.Entry("e") with { Id = null }], Outcome, Build.Now)).Impact);

    [Fact]
    public void The_entries_given_stay_as_they_are()
    {
        var entry = Build.Entry("e", impact: new EntryImpact());
        ImpactMerge.Apply([entry], Hit(Outcome), Build.Now);
        Assert.Equal(0, entry.Impact!.SessionsObserved);
    }

    [Fact]
    public void Counting_does_not_change_what_a_playbook_says()
    {
        var playbook = Build.Playbook(Build.Entry("e"));
        var counted = playbook with { Entries = ImpactMerge.Apply(playbook.Entries, Hit(Outcome), Build.Now) };
        Assert.Equal(PlaybookContentHash.Compute(playbook), PlaybookContentHash.Compute(counted));
    }
}
