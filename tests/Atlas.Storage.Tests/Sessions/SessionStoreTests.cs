using Atlas.Storage.Json;
using Atlas.Domain.Usage;
using Atlas.Domain.Sessions;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Storage.Sessions;
using Atlas.Storage.Tests.Learning;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Sessions;

public sealed class SessionStoreTests
{
    [Fact]
    public async Task Starting_with_a_used_external_id_gives_the_stored_session()
    {
        await using var room = await SessionRoom.OpenAsync();
        var request = new NewSession
        {
            Task = "a task", LearningKey = "key", ExternalId = "file#7", MetadataJson = """{"tags":["x"]}""", PlaybookVersion = 3,
            PlaybookSha256 = "aa", TeacherPlaybookSha256 = "bb",
        };

        var starts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => room.Store.StartAsync(request)));

        Assert.Single(starts, start => start.WasNew);
        Assert.Single(starts.Select(start => start.Id).Distinct());
        await room.Store.AppendEventsAsync(starts[0].Id, 0, [JsonElement.Parse("{}"), JsonElement.Parse("{}")]);
        await room.Store.CompleteAsync(SessionRoom.Completion(starts[0].Id));
        var later = await room.Store.StartAsync(request with { PlaybookVersion = 9, LearningKey = "another" });
        Assert.Equal(
            (starts[0].Id, "key", SessionStatus.Succeeded, false, 3, "aa", "bb", 2),
            (later.Id, later.LearningKey, later.Status, later.WasNew, later.PlaybookVersion, later.PlaybookSha256,
                later.TeacherPlaybookSha256, later.NextSequence));
    }

    [Fact]
    public async Task Sessions_without_an_external_id_are_always_new()
    {
        await using var room = await SessionRoom.OpenAsync();

        Assert.NotEqual(await room.StartAsync(), await room.StartAsync());
    }

    [Fact]
    public async Task A_step_is_replaced_with_its_attempts_and_guidance()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        await room.Store.SavePlanAsync(id, new SessionPlan([new PlanStep(1, "Look.", [])], PlanExecution.Stepwise));
        await room.Store.SavePlanAsync(id, SessionPlan.OfOne("Look.", PlanExecution.SingleShot));
        var step = new StepRecord(1, "trace", "out\0put", Scored(1), null, [Scored(0.1), null, Scored(0.3)], ["first", "second"]);
        await room.Store.SaveStepAsync(id, step);

        await room.Store.SaveStepAsync(id, step with { Attempts = [Scored(0.9)], Guidance = [] });

        var session = (await room.Sessions.FindAsync(id))!;
        Assert.Equal("single_shot", session.Plan!.Value.GetProperty("execution_mode").GetString());
        var stored = Assert.Single(session.Steps);
        Assert.Equal(("output", 1, 0), (stored.Output, stored.Attempts, stored.GuidanceNotes.Length));
        Assert.Equal(0.9, Assert.Single(stored.AttemptDetails).Evaluation!.Value.GetProperty("reward").GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_step_that_cannot_be_stored_leaves_the_old_one()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        await room.Store.SaveStepAsync(id, new StepRecord(1, Output: "old", Guidance: ["kept"]));

        // Any error after the first statements of the step would do.
        await room.Database.ExecuteAsync("ALTER TABLE guidance_notes ADD CHECK (note <> 'refused')");
        await Assert.ThrowsAsync<PostgresException>(
            () => room.Store.SaveStepAsync(id, new StepRecord(1, Output: "new", Guidance: ["refused"])));

        var step = Assert.Single((await room.Sessions.FindAsync(id))!.Steps);
        Assert.Equal(("old", "kept"), (step.Output, Assert.Single(step.GuidanceNotes)));
    }

    [Fact]
    public async Task Usage_and_completion_keep_the_keys_that_others_wrote_into_the_metadata()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync(metadata: """{"source":"test"}""");
        await room.Store.SaveUsageAsync(id, new UsageSnapshot());
        await room.Database.ExecuteAsync("UPDATE sessions SET metadata = metadata || '{\"by_a_tool\": 1}'");

        await room.Store.CompleteAsync(SessionRoom.Completion(id));

        var metadata = (await room.Store.LoadForGrainAsync(id))!.Metadata!.Value;
        Assert.Equal(
            ["by_a_tool", "execution_mode", "learning_key", "learning_usage", "source"],
            metadata.EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public async Task Completing_is_done_once_and_answers_the_same_ever_after()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        var completion = SessionRoom.Completion(id, 0.75) with { ReviewStatus = ReviewStatus.Approved, Reviewer = "importer", ReviewNotes = "gold" };

        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => room.Store.CompleteAsync(completion)));
        var late = await room.Store.CompleteAsync(SessionRoom.Completion(id) with { Status = SessionStatus.Failed });

        Assert.Single(ends, end => end.WasNew);
        Assert.All(ends, end => Assert.Equal((SessionStatus.Succeeded, ReviewStatus.Approved, true, false), (end.Status, end.ReviewStatus, end.Queued, end.Counted)));
        Assert.Equal((SessionStatus.Succeeded, false), (late.Status, late.WasNew));
        var session = (await room.Sessions.FindAsync(id))!;
        Assert.Equal((0.75, "done", "importer", "gold"), (session.Summary.Reward, session.FinalAnswer, session.ReviewedBy, session.ReviewNotes));
        Assert.NotNull(session.Summary.CompletedAt);
        Assert.Equal((ReviewStatus.Approved, "importer", "gold"), session.Decisions.Select(d => (d.Status, d.Reviewer, d.Note)).Single());
        Assert.Single(await room.Ledger.OutboxOfKeyAsync("key"));
    }

    [Fact]
    public async Task A_completion_that_cannot_be_stored_leaves_the_session_running_and_nothing_queued()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        await Assert.ThrowsAsync<PostgresException>(
            () => room.Store.CompleteAsync(SessionRoom.Completion(id) with { RewardStatsJson = """{"score":"n/a"}""" }));

        Assert.Equal(SessionStatus.Running, (await room.Store.LoadForGrainAsync(id))!.Status);
        Assert.Empty(await room.Ledger.OutboxOfKeyAsync("key"));
    }

    [Fact]
    public async Task Numbers_and_characters_that_PostgreSQL_refuses_do_not_fail_a_completion()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        await room.Store.CompleteAsync(SessionRoom.Completion(id) with
        {
            FinalAnswer = "a\0b\uD800c", RewardJson = """{"score":NaN,"rationale":"x\u0000y\ud800z"}""", RewardStatsJson = """{"score":-Infinity}""",
        });

        var session = (await room.Sessions.FindAsync(id))!;
        Assert.Equal("ab\uFFFDc", session.FinalAnswer);
        Assert.Equal("xy\uFFFDz", session.Reward!.Value.GetProperty("rationale").GetString());
        Assert.Null(session.Summary.Reward);
    }

    [Fact]
    public async Task Without_learning_nothing_is_queued()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        var end = await room.Store.CompleteAsync(SessionRoom.Completion(id) with { Delivery = null });

        Assert.False(end.Queued);
        Assert.Empty(await room.Ledger.PendingOutboxAsync(TimeSpan.Zero, 10));
    }

    [Fact]
    public async Task A_decision_made_while_the_session_ran_stays()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();
        var reviewed = await room.Store.ReviewAsync(new() { SessionId = id, Decision = new(ReviewStatus.Quarantined, "ann", "leak") });

        var end = await room.Store.CompleteAsync(SessionRoom.Completion(id) with { ReviewStatus = ReviewStatus.Approved });

        Assert.False(reviewed.Queued);
        Assert.Equal(ReviewStatus.Quarantined, end.ReviewStatus);
        Assert.Equal("leak", (await room.Store.LoadForGrainAsync(id))!.ReviewNotes);
    }

    [Fact]
    public async Task A_review_of_a_counted_session_is_queued_without_its_outcome()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.EndedAsync();
        await new KeyState(room.Database, "key").WriteAsync(KeyState.Observed(1, id));
        Assert.True((await room.Store.LoadForGrainAsync(id))!.Counted);
        Assert.False((await room.Store.LoadForGrainAsync(id))!.Queued);

        var reviewed = await room.Store.ReviewAsync(new() { SessionId = id, Decision = new(ReviewStatus.Approved, "ann", "ok"), Teaches = true });

        Assert.Equal((ReviewStatus.Pending, ReviewStatus.Approved, true), (reviewed.PreviousReviewStatus, reviewed.ReviewStatus, reviewed.Queued));
        var waiting = Assert.Single(await room.Ledger.OutboxOfKeyAsync("key"));
        Assert.Null(waiting.Outcome);
        Assert.Equal(new ReviewDecision(ReviewStatus.Approved, "ann", "ok"), waiting.Review);
    }

    [Fact]
    public async Task A_review_without_a_note_keeps_the_note_and_the_copy_in_the_metadata_follows()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync(metadata: """{"review_status":"pending","review_notes":"drift"}""");
        await room.Store.ReviewAsync(new() { SessionId = id, Decision = new(ReviewStatus.Approved, "ann", "seen") });

        await room.Store.ReviewAsync(new() { SessionId = id, Decision = new(ReviewStatus.Quarantined, "bob", null) });

        var session = (await room.Sessions.FindAsync(id))!;
        Assert.Equal((ReviewStatus.Quarantined, "seen", "bob"), (session.Summary.ReviewStatus, session.ReviewNotes, session.ReviewedBy));
        Assert.Equal("quarantined", session.Metadata!.Value.GetProperty("review_status").GetString());
        Assert.Equal(["ann", "bob"], session.Decisions.Select(decision => decision.Reviewer));
    }

    [Fact]
    public async Task A_session_that_does_not_exist_is_named()
    {
        await using var room = await SessionRoom.OpenAsync();

        Assert.Null(await room.Store.LoadForGrainAsync(404));
        foreach (var id in new[] { 404, 40_000_000_000 })
        {
            var step = new StepRecord(1);
            Func<Task>[] writes =
            [
                () => room.Store.AppendEventsAsync(id, 0, [JsonElement.Parse("{}")]), () => room.Store.SavePlanAsync(id, new SessionPlan([], PlanExecution.Stepwise)),
                () => room.Store.SaveStepAsync(id, step), () => room.Store.SaveUsageAsync(id, new UsageSnapshot()),
                () => room.Store.CompleteAsync(SessionRoom.Completion(id)),
                () => room.Store.ReviewAsync(new() { SessionId = id, Decision = new(ReviewStatus.Approved, "ann", null) }),
            ];
            foreach (var write in writes)
            {
                Assert.Equal(id, (await Assert.ThrowsAsync<UnknownSessionException>(write)).SessionId);
            }
        }
    }

    [Fact]
    public async Task What_is_no_JSON_object_is_refused_with_its_place()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        var list = await Assert.ThrowsAsync<InvalidRecordException>(
            () => room.Store.SaveStepAsync(id, new StepRecord(1, Metadata: JsonElement.Parse("[1]"))));
        var nothing = await Assert.ThrowsAsync<InvalidRecordException>(() => room.Store.AppendEventsAsync(id, 0, [default]));
        var metadata = await Assert.ThrowsAsync<InvalidRecordException>(() => room.StartAsync(metadata: "{oops"));

        Assert.Equal("The step's metadata is a JSON array; a JSON object was expected.", list.Message);
        Assert.Equal($"Event 0 of session {id} is missing; a JSON object was expected.", nothing.Message);
        Assert.StartsWith("The session's metadata is not valid JSON:", metadata.Message);
    }

    private static StepEvaluation Scored(double score) => new() { Reward = new StepReward { Score = score } };
}
