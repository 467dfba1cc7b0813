using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Http.Tests.Harness;
using Atlas.Learning.Playbooks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Http.Tests.Clients;

/// <summary>The .NET client that knows nothing but an address.</summary>
[Collection(ApiCollection.Name)]
public sealed class DotNetTests(Api api) : IAsyncLifetime
{
    private const string Exported = """
        {"format": "atlas.playbook.v2", "student": ["Be brief."], "teacher": ["Be strict."],
         "entries": [{"audience": "student", "cue": {"type": "keyword", "pattern": "voucher"}, "action": {"imperative": "Read the voucher policy first"}}]}
        """;

    private static readonly Attribution Operator = new("operator", "to begin with");
    private IAtlasClient _atlas = null!;

    public async ValueTask InitializeAsync() => _atlas = await AtlasClient.ConnectAsync(Options());

    public ValueTask DisposeAsync() => _atlas.DisposeAsync();

    private AtlasClientOptions Options() => new() { Address = api.Address.AbsoluteUri.TrimEnd('/'), CacheOnDisk = false, LinksDiscovery = false };

    [Fact]
    public async Task A_whole_session_goes_over_HTTP_and_nothing_of_it_is_lost()
    {
        var key = Api.NewKey("dot net/ä%2F");
        var session = await _atlas.StartSessionAsync(new StartSession("Refund order 1042", key, "desk", JsonElement.Parse("""{"tags": ["billing"]}"""), "ext-" + key, 600));
        await session.AppendAsync(JsonElement.Parse("""{"type": "tool_call", "name": "get_order"}"""), JsonElement.Parse("""{"type": "answer"}"""));
        await session.RecordPlanAsync(new SessionPlan([new PlanStep(1, "Look it up", []), new PlanStep(2, "Refund", ["1"], "refund", JsonElement.Parse("""{"id": 1042}"""))], PlanExecution.Stepwise));
        await session.RecordStepAsync(new StepRecord(
            1, "looked", "12 EUR", new StepEvaluation { Reward = new StepReward { Score = 0.5 } }, JsonElement.Parse("""{"took": 3}"""),
            [null, new StepEvaluation { Validation = new StepValidation { Valid = true } }], ["Look twice."]));
        await session.RecordStepAsync(new StepRecord(2));
        await session.RecordGuidanceAsync(1, "Check the date.");
        await session.RecordUsageAsync(new UsageSnapshot { Session = new SessionCounters { CueHits = 2, TokenUsage = ImmutableSortedDictionary<string, double>.Empty.Add("total", 17) } });
        await session.RenewAsync();
        Assert.Equal(SessionStatus.Running, (await session.StandingAsync()).Status);
        await session.AppendAsync(JsonElement.Parse("""{"type": "late"}"""));
        var completed = await session.CompleteAsync(new CompleteSession(
            SessionStatus.Succeeded, "Refunded.", null, null, JsonElement.Parse("""{"cost": 0.1}"""), "Vouchers first.", "Watch the date."));
        Assert.Equal((SessionStatus.Succeeded, SessionStatus.Succeeded), (completed.Status, session.Status));
        await session.RewardAsync(new SessionReward(0.75, 0.1, "customer", "content"));

        var state = await _atlas.AwaitRewardAsync(session.SessionId, TimeSpan.FromSeconds(5));
        Assert.Equal(new SessionReward(0.75, 0.1, "customer", "content"), state.Reward);
        var stored = await api.Client.GetAsync($"v1/sessions/{session.SessionId}", HttpStatusCode.OK);
        Assert.Equal((key, "Refunded.", "Vouchers first.", "Watch the date."), (stored.Text("learning_key"), stored.Text("final_answer"), stored.Text("student_note"), stored.Text("teacher_note")));
        Assert.Equal(0.1, stored.GetProperty("metadata").GetProperty("cost").GetDouble());
        Assert.Equal(2, stored.GetProperty("plan").GetProperty("steps").GetArrayLength());
        var step = stored.GetProperty("steps")[0];
        Assert.Equal(["Look twice.", "Check the date."], step.GetProperty("guidance_notes").EnumerateArray().Select(note => note.GetString()));
        Assert.Equal(2, step.GetProperty("attempt_details").GetArrayLength());
        var events = (await api.Client.GetAsync($"v1/sessions/{session.SessionId}/events", HttpStatusCode.OK)).GetProperty("events");
        Assert.Equal(["tool_call", "answer", "late"], events.EnumerateArray().Select(one => one.GetProperty("event").Text("type")));
        Assert.Equal(1, (await _atlas.BaselineAsync(key)).ScoreCount);
        Assert.Equal((1, false), ((int)(await _atlas.DescribeAsync(key)).SessionsObserved, (await _atlas.DescribeAsync(key)).Frozen));

        // Found by the caller's own identity, it goes on behind what is stored.
        var again = await _atlas.StartSessionAsync(new StartSession("Refund order 1042", key, ExternalId: "ext-" + key));
        Assert.Equal((session.SessionId, SessionStatus.Succeeded), (again.SessionId, again.Status));
    }

    [Fact]
    public async Task A_decision_for_another_review_status_is_refused()
    {
        var session = await _atlas.StartSessionAsync(new StartSession("Refund order 7", Api.NewKey("dotnet")));
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Refunded."));
        await _atlas.ReviewAsync(session.SessionId, new ReviewDecision(ReviewStatus.Quarantined, "bob", "wrong customer"));
        var late = new ReviewDecision(ReviewStatus.Approved, "ada", null) { OnlyWhile = ReviewStatus.Pending };
        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => _atlas.ReviewAsync(session.SessionId, late));
        Assert.Contains("now quarantined, as bob decided", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ReviewStatus.Quarantined, (await _atlas.StandingAsync(session.SessionId)).ReviewStatus);
        Assert.Equal(ReviewStatus.Approved, (await _atlas.ReviewAsync(session.SessionId, late with { OnlyWhile = ReviewStatus.Quarantined })).ReviewStatus);
    }

    [Fact]
    public async Task A_playbook_arrives_as_the_silo_has_it_and_travels_once()
    {
        var key = Api.NewKey("dotnet");
        var changed = await _atlas.ImportAsync(key, PlaybookDocument.Import(Exported), Operator);
        Assert.Equal((1, true), (changed.Version, changed.Changed));
        var there = await api.Services.GetRequiredService<IPlaybookReader>().ResolveAsync(key, PlaybookFreshness.Strict);
        var here = await _atlas.ResolveAsync(key);
        Assert.Equal(there, here);
        Assert.Single(here.Entries);
        Assert.Same(here, await _atlas.ResolveAsync(key));
        Assert.Equal(TimeSpan.Zero, (await _atlas.ResolveAsync(key, PlaybookFreshness.Relaxed)).Age);
        await _atlas.RollbackAsync(key, 0, Operator);
        Assert.Equal(2, (await _atlas.ResolveAsync(key)).Version);
    }

    [Fact]
    public async Task A_watch_is_pushed_what_becomes_current()
    {
        var key = Api.NewKey("dotnet");
        await _atlas.ImportAsync(key, PlaybookDocument.Import(Exported), Operator);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var watch = _atlas.WatchAsync(key, limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((1, 0), (watch.Current.Playbook.Version, watch.Current.Missed));
        await _atlas.RollbackAsync(key, 0, Operator);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(await _atlas.ResolveAsync(key), watch.Current.Playbook);
    }

    [Fact]
    public async Task Switches_are_turned_and_what_a_key_refuses_is_told_in_its_words()
    {
        var key = Api.NewKey("dotnet");
        await _atlas.ImportAsync(key, PlaybookDocument.Import(Exported), Operator);
        await _atlas.FreezeAsync(key, Operator);
        Assert.True((await _atlas.DescribeAsync(key)).Frozen);
        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => _atlas.RollbackAsync(key, 0, Operator));
        Assert.Contains("frozen", refused.Message, StringComparison.Ordinal);
        await _atlas.UnfreezeAsync(key, Operator);
        await _atlas.StageAsync(key, Operator);
        Assert.Equal(2, (await _atlas.EditAsync(key, PlaybookDocument.Import(Exported.Replace("brief", "kind", StringComparison.Ordinal)), Operator)).Version);
        Assert.Equal(1, (await _atlas.ResolveAsync(key)).Version);
        Assert.Equal(2, (await _atlas.PromoteAsync(key, null, Operator)).Current);
        await _atlas.UnstageAsync(key, Operator);
        await _atlas.PinAsync(key, 1, Operator);
        Assert.Equal(1, (await _atlas.DescribeAsync(key)).PinnedVersion);
        await _atlas.UnpinAsync(key, Operator);
    }

    [Fact]
    public async Task Of_a_key_that_has_learned_nothing_the_client_says_so_and_leaves_no_trace()
    {
        var key = Api.NewKey("dotnet");
        Assert.Equal(0, (await _atlas.DescribeAsync(key)).NewestVersion);
        Assert.Equal(RewardBaseline.None, await _atlas.BaselineAsync(key));
        Assert.Contains("blank", (await Assert.ThrowsAsync<AtlasRefusedException>(() => _atlas.ResolveAsync(" "))).Message, StringComparison.Ordinal);
        Assert.Contains("no session", (await Assert.ThrowsAsync<AtlasRefusedException>(() => _atlas.StandingAsync(987_654_321))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_events_than_a_request_takes_arrive_in_order()
    {
        var session = await _atlas.StartSessionAsync(new StartSession("A long one", Api.NewKey("dotnet")));
        var filler = new string('ü', 100);
        await session.AppendAsync([.. Enumerable.Range(0, 11_000).Select(number => JsonSerializer.SerializeToElement(new { type = "note", number, filler }))]);
        await session.AppendAsync(JsonElement.Parse("""{"type": "last"}"""));
        var stored = await api.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events WHERE session_id = $1", session.SessionId);
        var order = await api.Database.ScalarAsync<bool>(
            "SELECT bool_and((event->>'number')::int = row) FROM (SELECT event, row_number() OVER (ORDER BY id) - 1 AS row FROM trajectory_events WHERE session_id = $1 AND event->>'type' = 'note') all_of_them",
            session.SessionId);
        Assert.Equal((11_001L, true), (stored, order));
    }
}
