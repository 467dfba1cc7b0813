using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Redaction;
using Atlas.Storage.Connection;
using Atlas.Storage.Sessions;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Sessions;

/// <summary>Sessions of many callers share statements; none of them can tell.</summary>
public sealed class SharedStatementTests
{
    private const int Many = 300;

    [Fact]
    public async Task Sessions_that_start_and_end_at_once_each_keep_their_own_values()
    {
        await using var room = await SessionRoom.OpenAsync();

        var ended = await Task.WhenAll(Enumerable.Range(0, Many).Select(async number =>
        {
            var start = await room.Store.StartAsync(New(number));
            await room.Store.CompleteAsync(SessionRoom.Completion(start.Id, number / 1000.0) with
            {
                FinalAnswer = Text(number), Reviewer = number % 3 == 0 ? "ada" : null,
            });
            return (start.Id, Stored: await room.Store.LoadForGrainAsync(start.Id));
        }));

        Assert.Equal(Many, ended.Select(one => one.Id).Distinct().Count());
        var details = await Task.WhenAll(ended.Select(one => room.Sessions.FindAsync(one.Id)));
        for (var number = 0; number < Many; number++)
        {
            var stored = ended[number].Stored!;
            Assert.Equal((Text(number), Text(number % 7), number % 2 == 0 ? Text(number) : null), (stored.Task, stored.LearningKey, stored.ExternalId));
            Assert.Equal(number, stored.Metadata!.Value.GetProperty("number").GetInt32());
            Assert.Equal(number / 1000.0, stored.Reward!.Value.GetProperty("score").GetDouble());
            Assert.Equal((number % 3 == 0 ? "ada" : null, Text(number)), (stored.ReviewedBy, details[number]!.FinalAnswer));
        }

        Assert.Equal(
            Enumerable.Range(0, Many).Where(number => number % 5 == 0).Select(number => (ended[number].Id, Text(number))).Order(),
            (await FoundAsync(room)).Order());
    }

    [Fact]
    public async Task A_session_that_the_database_refuses_fails_alone()
    {
        await using var room = await SessionRoom.OpenAsync();

        // Too long for the index over external ids, and nothing that could be compressed.
        var refused = Convert.ToHexString(RandomNumberGenerator.GetBytes(20_000));
        var starts = Enumerable.Range(0, Many).Select(number => room.Store.StartAsync(New(number) with { ExternalId = number == 170 ? refused : null })).ToArray();

        await Assert.ThrowsAsync<PostgresException>(() => starts[170]);
        Assert.Equal(Many - 1, (await Task.WhenAll(starts.Where((_, number) => number != 170))).Select(start => start.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_session_that_is_completed_at_once_by_many_ends_once()
    {
        await using var room = await SessionRoom.OpenAsync();
        var id = await room.StartAsync();

        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => room.Store.CompleteAsync(SessionRoom.Completion(id, number / 20.0))));

        Assert.Single(ends, end => end.WasNew);
        Assert.Equal(1L, await room.Database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
    }

    [Fact]
    public async Task A_session_that_cannot_be_sent_fails_alone()
    {
        await using var room = await SessionRoom.OpenAsync();
        var starts = Enumerable.Range(0, Many).Select(number => room.Store.StartAsync(
            New(number) with { Findings = number == 170 ? [new Finding("email", "metadata.\ud83d", 1)] : [] })).ToArray();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => starts[170]);
        Assert.Equal(Many - 1, (await Task.WhenAll(starts.Where((_, number) => number != 170))).Select(start => start.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_session_that_somebody_has_locked_holds_up_no_other()
    {
        await using var room = await SessionRoom.OpenAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => room.StartAsync()));
        await using var connection = await room.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var reviewing = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locking = new NpgsqlCommand("SELECT 1 FROM sessions WHERE id = ANY ($1) FOR UPDATE", connection) { Parameters = { new() { Value = sessions[..3] } } };
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var ends = sessions.Select(session => room.Store.CompleteAsync(SessionRoom.Completion(session))).ToArray();
        await Task.WhenAll(ends[3..]);

        Assert.All(ends[..3], end => Assert.False(end.IsCompleted));
        await reviewing.CommitAsync(TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(ends), end => Assert.True(end.WasNew));
    }

    [Fact]
    public async Task Plans_and_steps_that_are_stored_at_once_each_keep_their_own_values_and_one_without_a_session_fails_alone()
    {
        await using var room = await SessionRoom.OpenAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => room.StartAsync()));
        var unknown = sessions.Max() + 1;
        var (noPlan, noStep) = (room.Store.SavePlanAsync(unknown, Plan("none")), room.Store.SaveStepAsync(unknown, new StepRecord(1)));
        await Task.WhenAll(sessions.Select(async (session, number) =>
        {
            await Task.WhenAll(room.Store.SavePlanAsync(session, Plan(Text(number))), room.Store.SaveStepAsync(session, Step(1, number)), room.Store.SaveStepAsync(session, Step(2, number + 1)));

            // A repeated step with fewer attempts and notes.
            await room.Store.SaveStepAsync(session, Step(2, number % 3));
        }));

        await Assert.ThrowsAsync<UnknownSessionException>(() => noPlan);
        await Assert.ThrowsAsync<UnknownSessionException>(() => noStep);
        foreach (var (number, session) in (await Task.WhenAll(sessions.Select(session => room.Sessions.FindAsync(session)))).Index())
        {
            Assert.Equal(Text(number), session!.Plan!.Value.GetProperty("steps")[0].GetProperty("description").GetString());
            Assert.Equal([Shown(Step(1, number)), Shown(Step(2, number % 3))], session.Steps.Select(step =>
                (step.StepId, step.Output, step.Attempts, step.AttemptDetails.Length, string.Join(", ", step.GuidanceNotes))));
        }

        static SessionPlan Plan(string text) => SessionPlan.OfOne(text, PlanExecution.SingleShot);

        static StepRecord Step(int id, int number) => new(
            id, Output: Text(number), Attempts: [.. Enumerable.Repeat<StepEvaluation?>(null, number % 5)],
            Guidance: [.. Enumerable.Range(0, number % 4).Select(Text)]);

        static (int, string?, int, int, string) Shown(StepRecord step) =>
            (step.StepId, step.Output, Math.Max(step.Attempts.Length, 1), step.Attempts.Length, string.Join(", ", step.Guidance));
    }

    [Fact]
    public async Task Long_texts_are_not_gathered_without_bound()
    {
        var batches = new List<int>();
        var gathered = new GatheredStatement<string, int>(
            async items =>
            {
                lock (batches)
                {
                    batches.Add(items.Count);
                }

                await Task.Yield();
                return [.. items.Select(item => item.Length)];
            },
            item => item.Length);
        var text = new string('x', 3 << 20);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => gathered.RunAsync(text, TestContext.Current.CancellationToken)));

        Assert.Equal(100, batches.Sum());
        Assert.True(batches.Max() <= 3, $"A statement had {batches.Max()} texts of 3 MiB.");
    }

    [Fact]
    public async Task Calls_gather_while_a_statement_is_executed_and_a_call_that_is_given_up_ends_at_once()
    {
        var batches = new List<int>();
        var answer = new TaskCompletionSource();
        var began = new SemaphoreSlim(0);
        var gathered = new GatheredStatement<int, int>(async items =>
        {
            lock (batches)
            {
                batches.Add(items.Count);
            }

            began.Release();
            await answer.Task;
            return [.. items.Select(item => item * 2)];
        });
        var token = TestContext.Current.CancellationToken;
        Task<int>[] first = [gathered.RunAsync(1, token)];
        await began.WaitAsync(token);
        Task<int>[] second = [gathered.RunAsync(2, token)];
        await began.WaitAsync(token);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(token);
        var given = gathered.RunAsync(3, impatient.Token);
        var third = Enumerable.Range(4, 10).Select(item => gathered.RunAsync(item, token)).ToArray();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        answer.SetResult();

        var results = await Task.WhenAll([.. first, .. second, .. third]);
        Assert.Equal([2, 4, .. Enumerable.Range(4, 10).Select(item => item * 2)], results);
        Assert.Equal([1, 1, 11], batches);
    }

    private static NewSession New(int number) => new()
    {
        Task = Text(number),
        LearningKey = Text(number % 7),
        ExternalId = number % 2 == 0 ? Text(number) : null,
        MetadataJson = JsonSerializer.Serialize(new { number }),
        StartedAt = number % 4 == 0 ? DateTimeOffset.UnixEpoch.AddDays(number) : null,
        LeaseSeconds = number % 6 == 0 ? number : null,
        Findings = number % 5 == 0 ? [new Finding(Text(number), "task", 1)] : [],
    };

    private static string Text(int number) => "number " + number.ToString(CultureInfo.InvariantCulture);

    private static async Task<List<(long Session, string Kind)>> FoundAsync(SessionRoom room)
    {
        await using var command = room.Database.DataSource.CreateCommand("SELECT session_id::bigint, kind FROM session_redactions");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(long, string)>();
        while (await reader.ReadAsync())
        {
            found.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return found;
    }
}
