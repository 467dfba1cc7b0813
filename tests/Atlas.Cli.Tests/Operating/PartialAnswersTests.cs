using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Forgetting;
using Atlas.Cli.Import;
using Atlas.Cli.Output;
using Atlas.Cli.Review;
using Atlas.Cli.Tests.Harness;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Import;
using Atlas.Queries;
using Xunit;
using SessionReviewed = Atlas.Contracts.Sessions.SessionReviewed;

namespace Atlas.Cli.Tests.Operating;

/// <summary>What commands make of a cluster that goes away, is slow, or that somebody else uses at the same time.</summary>
[Collection(SharedSilo.Name)]
public sealed class PartialAnswersTests(RunningWorkspace running)
{
    private static readonly Attribution By = new("ann", "tried");
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task A_change_is_on_record_although_the_silo_has_gone_before_it_could_be_described()
    {
        var key = $"partial/{Guid.NewGuid():N}";
        var described = 0;
        await using var client = new AuditedClient(
            StubClient.Create((method, _) => method switch
            {
                "DescribeAsync" when described++ == 0 => Task.FromResult(Description(key)),
                "DescribeAsync" => Task.FromException<LearningKeyDescription>(new AtlasUnavailableException("The silo has gone.")),
                "FreezeAsync" => Task.FromResult(new KeyChange(3, Changed: true)),
                _ => null,
            }),
            _workspace.Context().Context);

        Assert.True((await client.FreezeAsync(key, By)).Changed);

        var entry = await AuditedAsync(key);
        Assert.Equal(("FreezeKey", 200), (entry.GetProperty("action").GetString(), entry.GetProperty("status").GetInt32()));
        Assert.Equal(JsonValueKind.Object, entry.GetProperty("before").ValueKind);
    }

    [Fact]
    public async Task A_change_without_an_answer_is_on_record_with_an_unknown_outcome()
    {
        var key = $"partial/{Guid.NewGuid():N}";
        await using var client = new AuditedClient(
            StubClient.Create((method, _) => method switch
            {
                "DescribeAsync" => Task.FromResult(Description(key)),
                "FreezeAsync" => Task.FromException<KeyChange>(new AtlasUnavailableException("The silo has gone.")),
                _ => null,
            }),
            _workspace.Context().Context);

        await Assert.ThrowsAsync<AtlasUnavailableException>(() => client.FreezeAsync(key, By));

        var entry = await AuditedAsync(key);
        Assert.Equal((503, "unknown"), (entry.GetProperty("status").GetInt32(), entry.GetProperty("after").GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_review_of_many_leaves_alone_what_somebody_else_decides_meanwhile()
    {
        var client = StubClient.Create((_, arguments) => arguments is [long id, ReviewDecision decision, ..]
            ? id == 2 && decision.OnlyWhile is ReviewStatus.Pending
                ? Task.FromException<SessionReviewed>(new AtlasRefusedException("Session 2 is now approved, as ben decided."))
                : Task.FromResult(new SessionReviewed(id, decision.Status, Teaches: false))
            : null);

        var (reviewed, failed) = await new ReviewRun(_workspace.Context().Context, client, new ReviewDecision(ReviewStatus.Quarantined, "ann", null))
            .RunAsync([Pending(1), Pending(2)], [], default);

        Assert.Equal(1, Assert.Single(reviewed).Id);
        Assert.Equal((2, "Session 2 is now approved, as ben decided."), (Assert.Single(failed).Id, failed[0].Reason));
    }

    [Fact]
    public async Task Forgetting_goes_on_until_nothing_is_left()
    {
        ForgetOutcome[] parts =
        [
            new(DryRun: false, [new("a", [1, 2], 3, 1, ["gone"], ["weaker", "later"])], More: true),
            new(DryRun: false, [new("a", [3], 1, 1, ["later"], []), new("b", [4])], More: true),
            new(DryRun: false, [new("b", [5])], More: false),
        ];
        var call = 0;
        var client = StubClient.Create((_, _) => Task.FromResult(parts[call++]));

        var all = await ForgettingInParts.RunAsync(client, new ForgetRequest { Subject = "ada@example.com" }, By, default);

        Assert.Equal((3, false), (call, all.More));
        Assert.Equal([("a", 3, 4), ("b", 2, 0)], all.Keys.Select(key => (key.LearningKey, key.Sessions.Length, key.Events)));
        Assert.Equal(["gone", "later"], all.Keys[0].Withdrawn);
        Assert.Equal(["weaker"], all.Keys[0].LostSupport);
    }

    [Fact]
    public async Task Forgetting_that_stops_says_how_far_it_came()
    {
        var call = 0;
        var client = StubClient.Create((_, _) => call++ == 0
            ? Task.FromResult(new ForgetOutcome(DryRun: false, [new("a", [1, 2])], More: true))
            : Task.FromException<ForgetOutcome>(new AtlasUnavailableException("The silo has gone.")));

        var stopped = await Assert.ThrowsAsync<CommandFailedException>(
            () => ForgettingInParts.RunAsync(client, new ForgetRequest { Subject = "ada@example.com" }, By, default));

        Assert.Equal(ExitCode.NotRunning, stopped.Code);
        Assert.Equal("2 sessions are forgotten, and some are left. The silo has gone. Repeat the command for the rest.", stopped.Message);
    }

    [Fact]
    public async Task An_import_that_is_stopped_says_what_it_found_until_then()
    {
        var client = StubClient.Create((_, _) => null);
        var (report, stopped) = await new ImportRun(_workspace.Context().Context, client, new ImportSettings("partial/import", 1, null, null))
            .RunAsync(OneBadRecordAsync(new OperationCanceledException()), "runs.json", default);

        Assert.Equal("no reward", Assert.Single(report.Bad).Reason);
        Assert.Equal(("Stopped.", null), (report.Stopped, report.PlaybookVersion));
        Assert.IsType<OperationCanceledException>(stopped!.SourceException);
    }

    [Fact]
    public async Task An_import_whose_playbook_cannot_be_asked_for_is_reported_without_it()
    {
        var client = StubClient.Create((method, _) =>
            method is "DescribeAsync" ? Task.FromException<LearningKeyDescription>(new AtlasUnavailableException("The silo has gone.")) : null);
        var (report, stopped) = await new ImportRun(_workspace.Context().Context, client, new ImportSettings("partial/import", 1, null, null))
            .RunAsync(OneBadRecordAsync(null), "runs.json", default);

        Assert.Single(report.Bad);
        Assert.Equal(("The silo has gone.", null, null), (report.Stopped, report.PlaybookVersion, report.Pending));
        Assert.NotNull(stopped);
        var (context, said) = _workspace.Context();
        ImportSummary.Write(report, asJson: false, context.Terminal);
        Assert.Contains("record 0: no reward", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taught_is_undone_only_at_the_version_that_was_looked_at()
    {
        Attribution? by = null;
        var client = StubClient.Create((_, arguments) => Task.FromException<KeyChange>(
            (by = arguments.OfType<Attribution>().Single()).OnlyAtVersion == 4 ? new AtlasRefusedException("It is now at version 5.") : new NotSupportedException()));

        var undone = Assert.Single(await new ReviewUndo(_workspace.Context().Context, client, "ann").CarryOutAsync(
            [new TaughtUndo { LearningKey = "partial/undo", SessionIds = [7], TaughtVersion = 3, BackTo = 2, CurrentVersion = 4, AlreadyUndone = false, Command = "" }], default));

        Assert.Equal((4, "It is now at version 5."), (by?.OnlyAtVersion, undone.Failure));
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_with_the_command()
    {
        using var stop = new CancellationTokenSource();
        var typed = new TaskCompletionSource<string>();
        var answer = Keyboard.ReadAsync(() => typed.Task.GetAwaiter().GetResult(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        typed.SetResult("");
    }

    private static async IAsyncEnumerable<RunOrError> OneBadRecordAsync(Exception? then)
    {
        yield return await Task.FromResult(RunOrError.Bad(0, "no reward"));
        if (then is not null)
        {
            throw then;
        }
    }

    private async Task<JsonElement> AuditedAsync(string key) => Assert.Single(
        (await _workspace.CallAsync("audit", "--json")).Expect(ExitCode.Ok).Json().EnumerateArray(), entry => entry.GetProperty("subject").GetString() == key);

    private static LearningKeyDescription Description(string key) =>
        new(new ResolvedPlaybook(key, 3, null, default, ApplyToPrompts: true, 0, null, null), 0, 0, [], Frozen: false, null, NewestVersion: 3);

    private static ReviewItem Pending(long id) => new()
    {
        Id = id, Task = "t", LearningKey = "partial/review", Status = SessionStatus.Succeeded, ReviewStatus = ReviewStatus.Pending, CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
