using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Usage;
using Atlas.Learning.Options;
using Atlas.Learning.Usage;
using Xunit;

namespace Atlas.Learning.Tests.Usage;

public sealed class UsageTrackerTests
{
    private static readonly PlaybookEntry Entry = Build.Entry("entry-1") with
    {
        Cue = new EntryCue { Type = "keyword", Pattern = "check logs" },
        Action = new EntryAction { Imperative = "Search", RuntimeHandle = "logs.search" },
    };

    private static UsageTracker Tracker(UsageTrackingOptions options, params PlaybookEntry[] entries)
    {
        var tracker = new UsageTracker(options);
        tracker.Register(CueDetectorSet.For([.. entries]));
        return tracker;
    }

    [Fact]
    public void Hits_adoptions_and_outcome_are_recorded()
    {
        var tracker = Tracker(new UsageTrackingOptions { CaptureExamples = true, MaxExamplesPerEntry = 1 }, Entry);
        var hit = Assert.Single(tracker.Detect("student", "Please CHECK LOGS for errors", 7));
        Assert.Equal(new CueHit("entry-1", "keyword", "check logs"), hit);
        tracker.Detect("student", "no cue here", 8);
        tracker.RecordAdoption("student", "logs.search", success: true, 7, Build.Json("{'status':'ok'}"));
        tracker.RecordAdoption("student", "logs.search", success: false, 8, Build.Json("{'status':'failed'}"));
        tracker.RecordOutcome(new UsageOutcome
        {
            RewardScore = 0.75,
            TokenUsage = new Dictionary<string, double> { ["prompt_tokens"] = 120, ["completion_tokens"] = 80, ["total_tokens"] = 200, ["calls"] = 3 },
            IncidentId = "INC-123",
            TaskIdentifier = "Checkout outage",
            IncidentTags = ["sre", " customer-impact ", "sre"],
            RetryCount = 2,
            Failed = true,
            FailureEvents = [new FailureEvent(3, "failed")],
        });
        var snapshot = tracker.Snapshot()!;
        var counters = snapshot.Roles["student"]["entry-1"];
        Assert.Equal((1, 2, 1, 1), (counters.CueHits, counters.ActionAdoptions, counters.SuccessfulAdoptions, counters.FailedAdoptions));
        Assert.Equal([7], counters.StepIds);
        Assert.Equal([7, 8], counters.AdoptionSteps);
        Assert.Equal(["Please CHECK LOGS for errors"], counters.CueExamples!.Value);
        Assert.Equal("""{"status":"ok","step_id":7}""", Assert.Single(counters.AdoptionExamples!.Value).GetRawText());
        var session = snapshot.Session;
        Assert.Equal((1, 2, 1), (session.CueHits, session.ActionAdoptions, session.FailedAdoptions));
        Assert.Equal(["sre", "customer-impact"], session.IncidentTags);
        Assert.Equal(200, session.TokenUsage["total_tokens"]);
        Assert.Equal(("INC-123", "Checkout outage", 2L, true), (session.IncidentId, session.TaskIdentifier, session.RetryCount, session.FailureFlag));
    }

    [Fact]
    public void The_snapshot_is_stored_in_the_form_of_the_wire()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry);
        tracker.Detect("student", "check logs", 1);
        tracker.RecordOutcome(new UsageOutcome { FailureEvents = [new FailureEvent(null, "timeout")], Failed = true });
        var json = tracker.Snapshot()!.ToJson();
        var counters = json.GetProperty("roles").GetProperty("student").GetProperty("entry-1");
        Assert.Equal("logs.search", counters.GetProperty("runtime_handle").GetString());
        Assert.Equal("check logs", counters.GetProperty("metadata").GetProperty("cue").GetProperty("pattern").GetString());
        Assert.False(counters.TryGetProperty("cue_examples", out _));
        Assert.Empty(json.GetProperty("roles").GetProperty("teacher").EnumerateObject());
        Assert.Equal("""[{"entry_id":"entry-1","type":"keyword","pattern":"check logs"}]""", json.GetProperty("detectors").GetProperty("student").GetRawText());
        Assert.Equal("""[{"status":"timeout"}]""", json.GetProperty("session").GetProperty("failure_events").GetRawText());
    }

    [Fact]
    public void L18_an_entry_is_watched_for_its_audience_only()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry, Entry with { Id = "for-teacher", Audience = "Teacher" });
        Assert.Equal(["entry-1"], tracker.Detect("student", "check logs").Select(hit => hit.EntryId));
        Assert.Equal(["for-teacher"], tracker.Detect("teacher", "check logs").Select(hit => hit.EntryId));
        Assert.Empty(tracker.Detect("judge", "check logs"));
        tracker.RecordAdoption("teacher", "logs.search", true);
        Assert.Equal(0, tracker.Snapshot()!.Roles["student"]["entry-1"].ActionAdoptions);
    }

    [Fact]
    public void L19_an_adoption_is_one_in_any_spelling()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry);
        tracker.RecordAdoption("student", "Logs.SEARCH", true);
        tracker.RecordAdoption("student", "logs.tail", true);
        tracker.RecordAdoption("student", null, true);
        Assert.Equal(1, tracker.Snapshot()!.Roles["student"]["entry-1"].ActionAdoptions);
    }

    [Fact]
    public void L15_a_tracker_that_is_off_has_nothing_to_store()
    {
        var tracker = Tracker(new UsageTrackingOptions { Enabled = false }, Entry);
        Assert.Empty(tracker.Detect("student", "check logs"));
        tracker.RecordAdoption("student", "logs.search", true);
        tracker.RecordOutcome(new UsageOutcome { RewardScore = 1 });
        Assert.Null(tracker.Snapshot());
        Assert.Empty(tracker.Usage());
    }

    [Fact]
    public void Registering_again_keeps_what_was_counted()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry);
        tracker.Detect("student", "check logs");
        tracker.Register(CueDetectorSet.For([Entry with { Cue = new EntryCue { Type = "keyword", Pattern = "other" } }, Entry with { Id = "entry-2" }]));
        Assert.Equal(["entry-1", "entry-2"], tracker.Detect("student", "check logs").Select(hit => hit.EntryId));
        Assert.Equal(2, tracker.Snapshot()!.Roles["student"]["entry-1"].CueHits);
    }

    [Fact]
    public void Entries_without_an_id_and_seconds_of_one_id_are_passed_over() =>
        Assert.Single(CueDetectorSet.For([Entry, Entry, Entry with { Id = null }, Entry with { Id = "" }]).Detectors);

    [Fact]
    public void A_hint_is_the_example_and_is_cut()
    {
        var tracker = Tracker(new UsageTrackingOptions { CaptureExamples = true }, Entry);
        tracker.Detect("student", "check logs", hint: "  " + string.Concat(Enumerable.Repeat("🚀", 300)));
        Assert.Equal(string.Concat(Enumerable.Repeat("🚀", 200)), Assert.Single(tracker.Snapshot()!.Roles["student"]["entry-1"].CueExamples!));
    }

    [Fact]
    public void Many_steps_may_use_one_tracker_at_once()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry);
        Parallel.For(0, 200, step =>
        {
            tracker.Detect("student", "check logs", step);
            tracker.RecordAdoption("student", "logs.search", true, step);
        });
        var counters = tracker.Snapshot()!.Roles["student"]["entry-1"];
        Assert.Equal((200, 200), (counters.CueHits, counters.ActionAdoptions));
        Assert.Equal(200, counters.StepIds.Distinct().Count());
    }

    [Fact]
    public void A_learning_key_is_told_the_entries_that_were_hit()
    {
        var tracker = Tracker(new UsageTrackingOptions(), Entry, Entry with { Id = "quiet", Cue = new EntryCue { Pattern = "other" }, Action = new EntryAction() });
        tracker.Detect("student", "check logs");
        tracker.RecordAdoption("student", "logs.search", false);
        var expected = new EntryUsage { EntryId = "entry-1", CueHits = 1, Adoptions = 1, FailedAdoptions = 1 };
        Assert.Equal([expected], tracker.Usage());
        Assert.Equal([expected], UsageJson.ReadEntries(tracker.Snapshot()!.ToJson()));
    }

    [Fact]
    public void Stored_usage_completes_an_outcome()
    {
        var usage = Build.Json(
            "{'roles':{'student':{'e':{'cue_hits':2},'quiet':{'cue_hits':0},'odd':{'cue_hits':-5,'action_adoptions':'3'},'worse':7},'teacher':null},'session':{'incident_id':'INC','incident_tags':['a',1],'retry_count':3,'failure_flag':true,'failure_events':[{},{}],'token_usage':{'prompt_tokens':5,'completion_tokens':7}}}");
        var outcome = UsageJson.Complete(new SessionOutcome { SessionId = 1, Score = 0.5 }, JsonSerializer.SerializeToElement(usage.GetRawText()));
        Assert.Equal(["e", "odd"], outcome.Usage.Select(entry => entry.EntryId));
        Assert.Equal(("INC", 3L, true, 2, 12d), (outcome.IncidentId, outcome.RetryCount, outcome.Failed, outcome.FailureEvents, outcome.TotalTokens));
        Assert.Equal(["a"], outcome.IncidentTags);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{'roles':[],'session':3}")]
    public void Odd_usage_leaves_an_outcome_as_it_is(string usage)
    {
        var outcome = UsageJson.Complete(new SessionOutcome { SessionId = 1, IncidentId = "INC", TotalTokens = 9 }, Build.Json(usage));
        Assert.Equal(("INC", 9d, 0), (outcome.IncidentId, outcome.TotalTokens, outcome.Usage.Length));
    }

    [Theory]
    [InlineData("{'total_tokens':7,'prompt_tokens':1}", 7d)]
    [InlineData("{'prompt_tokens':1,'completion_tokens':2}", 3d)]
    [InlineData("{'prompt_tokens':1}", 1d)]
    [InlineData("{'prompt_tokens':'x','completion_tokens':2}", null)]
    [InlineData("{}", null)]
    [InlineData("3", null)]
    public void Tokens_are_the_total_or_the_sum(string usage, double? total) => Assert.Equal(total, UsageJson.TotalTokens(Build.Json(usage)));

    [Theory]
    [InlineData("ok", null, true)]
    [InlineData(" Completed ", null, true)]
    [InlineData("failed", "{'a':1}", false)]
    [InlineData("timeout", "[1]", false)]
    [InlineData(null, "{'a':1}", true)]
    [InlineData("partial", "[1]", true)]
    [InlineData(null, "'some text'", false)]
    [InlineData(null, "{}", false)]
    [InlineData(null, "true", false)]
    [InlineData(null, null, false)]
    public void L10_success_needs_a_good_status_or_something_delivered(string? status, string? deliverable, bool success) =>
        Assert.Equal(success, AdoptionSuccess.Of(status, deliverable is null ? null : Build.Json(deliverable)));
}
