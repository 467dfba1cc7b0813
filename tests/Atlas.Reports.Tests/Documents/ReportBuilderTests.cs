using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Playbooks;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Xunit;

namespace Atlas.Reports.Tests.Documents;

public sealed class ReportBuilderTests
{
    [Fact]
    public void No_reward_is_in_both_windows()
    {
        var report = Some.Report(
            Enumerable.Range(0, 30).Select(index => Some.Session(index, index / 30.0)), new ReportSettings { RecentWindow = 5, BaselineWindow = 10 });
        Assert.Equal(5, report.Reward.RecentCount);
        Assert.Equal(27 / 30.0, report.Reward.RecentMean!.Value, 9);
        Assert.Equal(10, report.Reward.BaselineCount);
        Assert.Equal(19.5 / 30, report.Reward.BaselineMean!.Value, 9);
        Assert.Equal(7.5 / 30, report.Reward.Delta!.Value, 9);
        Assert.Equal(29 / 30.0, report.Reward.LatestScore!.Value, 9);
        Assert.Equal(30, report.SessionCount);
    }

    [Fact]
    public void Sessions_without_a_reward_take_no_place_in_a_window()
    {
        var report = Some.Report([Some.Session(1, 0.2), Some.Session(2, 0.9), Some.Session(3), Some.Session(4)], new ReportSettings { RecentWindow = 1 });
        Assert.Equal(0.9, report.Reward.RecentMean);
        Assert.Equal(0.2, report.Reward.BaselineMean);
        Assert.Equal(4, report.SessionCount);
        Assert.Equal(2, report.Reward.OverallCount);
    }

    [Fact]
    public void Modes_and_models_are_read_as_the_original_wrote_them()
    {
        var report = Some.Report(
        [
            Some.Session(1, 0.9, """{"execution_mode":"coach","adapter_session":{"student_model_id":"alpha","teacher_model":"prime"}}"""),
            Some.Session(2, 0.8, """{"adaptive_summary":{"adaptive_mode":"paired"},"student_model":"beta","teacher_model":"prime"}"""),
            Some.Session(3, null, """{"student_model":"beta"}"""),
        ]);
        Assert.Equal([("coach", 1L), ("paired", 1L)], report.AdaptiveModes.Select(mode => (mode.Key, mode.Value)));
        Assert.Equal(
            [("student", "alpha", 1L, 1L), ("student", "beta", 2L, 1L), ("teacher", "prime", 2L, 2L)],
            report.ModelBreakdown.Select(model => (model.Role, model.ModelId, model.SessionCount, model.RewardCount)));
        var beta = report.ModelBreakdown[1];
        Assert.Equal(0.8, beta.RewardMean);
        Assert.Equal(Some.Session(3).CreatedAt, beta.LastSeenAt);
    }

    [Fact]
    public void Cues_and_adoptions_are_counted_over_roles_and_tokens_beside_rewards()
    {
        const string WithCues = """
            {"token_usage":{"total_tokens":4000},"learning_usage":{"roles":{"student":{"e1":{"cue_hits":2,"action_adoptions":1,"successful_adoptions":1}},
             "teacher":{"e2":{"cue_hits":1,"action_adoptions":2,"successful_adoptions":2}}},
             "session":{"cue_hits":3,"action_adoptions":2,"unique_cue_steps":[1,2]}}}
            """;
        var report = Some.Report(
        [
            Some.Session(1, 0.9, WithCues), Some.Session(2, 0.7, WithCues),
            Some.Session(3, 0.5, """{"token_usage":{"total_tokens":6000}}"""), Some.Session(4, 0.3, """{"token_usage":{"total_tokens":8000}}"""),
        ]);
        var usage = report.UsageMetrics!;
        Assert.Equal((6, 2, 4, 4, 6), (usage.CueTriggers, usage.CueTriggerSessions, usage.UniqueCueSteps, usage.AdoptionEvents, usage.SuccessfulAdoptions));
        Assert.Equal(1.5, usage.AdoptionRate);
        Assert.Equal(0.5, usage.CueTriggerRate);
        var efficiency = report.Efficiency!;
        Assert.Equal(0.4, efficiency.RewardDelta!.Value, 9);
        Assert.Equal(-3000, efficiency.TokenDelta);
        Assert.NotNull(efficiency.RewardDeltaInterval);
        Assert.NotNull(efficiency.TokenDeltaInterval);
    }

    [Fact]
    public void A_failure_that_a_later_synthesis_left_behind_is_not_reported()
    {
        const string Failed = """{"timestamp":"2026-03-02T10:00:00+00:00","rejected_candidates":[{"id":"a"},{"id":"b"}]}""";
        Assert.Equal(2, Lifecycle("2026-03-02T10:00:00+00:00")!.Rejected);
        Assert.Null(Lifecycle("2026-03-03T10:00:00+00:00"));

        LifecycleSummary? Lifecycle(string evaluated) => Some.Report([], playbook: new PlaybookFacts
        {
            Playbook = LearningStateJson.FromColumns(
                "", null, JsonElement.Parse($$"""{"last_failure":{{Failed}},"last_evaluation":{"timestamp":"{{evaluated}}"} }""")),
        }).PlaybookLifecycleSummary;
    }

    [Fact]
    public void Entries_are_sorted_by_impact_and_those_without_figures_come_last()
    {
        var report = Some.Report([], playbook: Playbook(
            Entry("quiet", """{"sessions_observed":3}"""),
            Entry("better", """{"total_cue_hits":4,"successful_adoptions":4,"reward_with_sum":3.6,"reward_with_count":4,"reward_without_sum":2,"reward_without_count":4,"incident_ids":["a","b"]}"""),
            Entry("good", """{"total_cue_hits":4,"successful_adoptions":2,"reward_with_sum":3.6,"reward_with_count":4,"reward_without_sum":2,"reward_without_count":4,"retry_sum":4,"retry_samples":8}"""),
            Entry("also-quiet", """{"sessions_observed":3}""")));
        Assert.Equal(["better", "good", "also-quiet", "quiet"], report.PlaybookImpact!.Value.Select(entry => entry.EntryId));
        var first = report.PlaybookImpact.Value[0];
        Assert.Equal(0.4, first.RewardDelta!.Value, 9);
        Assert.Equal(0.4, first.ImpactScore!.Value, 9);
        Assert.Equal("newcombe", first.RewardDeltaInterval!.Method);
        Assert.Equal(("domain", true), (first.TransferLevel, first.TransferSuccess));
        Assert.Null(first.FailureAvoidance);
        Assert.Equal(0.5, report.PlaybookImpact.Value[1].FailureAvoidance!.RetryAvg);
        Assert.Null(report.PlaybookImpact.Value[3].ImpactScore);
    }

    [Fact]
    public void An_entry_is_compared_with_the_sessions_since_it_exists_only()
    {
        var playbook = Playbook(Entry("e1", """
            {"total_cue_hits":2,"reward_with_sum":1.9,"reward_with_count":2,"reward_without_sum":1,"reward_without_count":2,"first_observed_at":"2026-03-01T07:03:00+00:00"}
            """));
        const string Hit = """{"learning_usage":{"roles":{"student":{"e1":{"cue_hits":1}}},"session":{"cue_hits":1}}}""";
        const string Miss = """{"learning_usage":{"roles":{},"session":{"cue_hits":0}}}""";
        var report = Some.Report(
            [Some.Session(1, 0, Miss), Some.Session(2, 0, Miss), Some.Session(3, 0.9, Hit), Some.Session(4, 1, Hit), Some.Session(5, 0.4, Miss), Some.Session(6, 0.6, Miss)],
            playbook: playbook);
        var interval = report.PlaybookImpact!.Value[0].RewardDeltaInterval!;
        Assert.Equal("welch", interval.Method);
        Assert.InRange(interval.Low, -1, 0.45);
        Assert.Equal(1, interval.High);
    }

    [Fact]
    public void An_interval_belongs_to_the_difference_beside_it_also_where_sessions_were_filtered_out()
    {
        var playbook = Playbook(Entry("e1", """
            {"total_cue_hits":9,"reward_with_sum":8.1,"reward_with_count":9,"reward_without_sum":4,"reward_without_count":8}
            """));
        const string Hit = """{"learning_usage":{"roles":{"student":{"e1":{"cue_hits":1}}},"session":{"cue_hits":1}}}""";
        const string Miss = """{"learning_usage":{"roles":{},"session":{"cue_hits":0}}}""";
        var report = Some.Report([Some.Session(1, 0.1, Hit), Some.Session(2, 0.2, Hit), Some.Session(3, 1, Miss), Some.Session(4, 0.9, Miss)], playbook: playbook);
        var entry = report.PlaybookImpact!.Value[0];
        Assert.Equal("newcombe", entry.RewardDeltaInterval!.Method);
        Assert.InRange(entry.RewardDelta!.Value, entry.RewardDeltaInterval.Low, entry.RewardDeltaInterval.High);
        Assert.Null(entry.TokenDeltaInterval);
    }

    [Fact]
    public void A_hundred_thousand_rewards_become_few_points_and_keep_their_sum()
    {
        var report = Some.Report(Enumerable.Range(0, 100_000).Select(index => Some.Session(index, index % 2)));
        Assert.InRange(report.RewardSeries.Length, 200, 512);
        Assert.Equal(100_000, report.RewardSeries.Sum(point => point.Count));
        Assert.Equal(0.5, report.RewardSeries.Sum(point => point.Count * point.Mean) / 100_000, 9);
        Assert.Equal(99_999, report.RewardSeries[^1].LastSession);
    }

    [Fact]
    public void A_version_stands_before_the_first_session_that_began_after_it()
    {
        var report = Some.Report(
            Enumerable.Range(0, 10).Select(index => Some.Session(index, 0.5)),
            playbook: new PlaybookFacts
            {
                Versions =
                [
                    new VersionMark(1, "synthesis", Some.Start.AddMinutes(3.5), 0), new VersionMark(2, "rollback", Some.Start.AddMinutes(7), 0),
                    new VersionMark(3, "import", Some.Start.AddDays(1), 0),
                ],
            });
        Assert.Equal([4L, 7L, 10L], report.PlaybookVersions.Select(version => version.SessionsBefore));
    }

    [Fact]
    public void The_document_has_the_keys_of_the_original()
    {
        var document = JsonSerializer.SerializeToElement(Some.Report([Some.Session(1, 0.5)]), ReportJson.Options);
        Assert.Superset(
            ImmutableSortedSet.Create(
                "learning_key", "session_count", "reward", "recent_window", "baseline_window", "model_breakdown", "adaptive_modes", "review_statuses",
                "discovery_runs", "sessions", "playbook_metrics", "playbook_lifecycle_summary", "playbook_impact", "usage_metrics", "efficiency").ToHashSet(),
            document.EnumerateObject().Select(member => member.Name).ToHashSet());
        Assert.Equal("recent", document.GetProperty("reward").GetProperty("recent_window").GetProperty("label").GetString());
        Assert.Superset(
            new HashSet<string>
            {
                "session_id", "created_at", "status", "review_status", "execution_mode", "reward_score", "reward_uncertainty", "reward_audit_count",
                "student_learning", "teacher_learning", "trajectory_events", "student_model_id", "teacher_model_id", "token_usage", "learning_usage",
            },
            document.GetProperty("sessions")[0].EnumerateObject().Select(member => member.Name).ToHashSet());
    }

    private static PlaybookFacts Playbook(params string[] entries) => new()
    {
        Playbook = LearningStateJson.FromColumns("", null, JsonElement.Parse($$"""{"playbook_entries":[{{string.Join(',', entries)}}]}""")),
    };

    private static string Entry(string id, string impact) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","audience":"student","cue":{"type":"keyword","pattern":"x"},"action":{"imperative":"Do"},"scope":{"category":"reinforcement"},"impact":{{impact}} }""");
}
