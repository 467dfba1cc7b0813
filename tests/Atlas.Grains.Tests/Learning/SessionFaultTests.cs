using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Grains.Delivery;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;
using Atlas.Storage.Learning;
using Atlas.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>A fault of Atlas itself holds up neither the session it meets nor the key behind it, and is not forgotten.</summary>
public sealed class SessionFaultTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task A_session_whose_end_meets_a_fault_ends_all_the_same_and_waits_for_a_person()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), drift: new DriftOptions());
        var request = new StartSession("Refund order 1042", Key, ExternalId: "meets-a-fault");
        var started = await cluster.Client.StartSessionAsync(request);
        await started.AppendAsync(TrajectoryEvent.ToolCall("get_order"));

        // The digest is made from the stored events after a restart, and they cannot be read.
        await cluster.RestartAsync(meanwhile: "ALTER TABLE trajectory_events RENAME COLUMN created_at TO made_at");
        var session = await cluster.Client.StartSessionAsync(request);
        var completed = await session.CompleteAsync("Done.", score: 0.8);

        Assert.Equal((SessionStatus.Succeeded, ReviewStatus.Pending, LearningStanding.Observed), (completed.Status, completed.ReviewStatus, completed.Learning));
        var fault = Assert.Single(await new SessionFaults(cluster.Database.DataSource).OpenAsync(10));
        Assert.Equal((started.SessionId, "completion", Key), (fault.SessionId, fault.Stage, fault.LearningKey));
        Assert.Contains("created_at", fault.Fault, StringComparison.Ordinal);
        Assert.Equal(LearningStanding.Applied, (await cluster.Client.RunSessionAsync(Key, score: 0.8)).Learning);

        var reviewed = await cluster.Client.ReviewAsync(started.SessionId, new(ReviewStatus.Approved, "ada", "looks right"));

        Assert.True(reviewed.Teaches);
        Assert.Empty(await new SessionFaults(cluster.Database.DataSource).OpenAsync(10));
    }

    [Fact]
    public async Task What_a_key_cannot_count_is_noted_and_told_again_more_and_more_seldom()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var session = (int)(await cluster.Client.RunSessionAsync(Key)).SessionId;
        await cluster.Database.ExecuteAsync(
            """
            INSERT INTO learning_outbox (session_id, learning_key, outcome, teaches, created_at)
            VALUES ($1, 'broken', '{"session_id": "no number"}', true, now() - interval '1 minute')
            """,
            session);

        await Eventually.TrueAsync(
            () => cluster.Database.ScalarAsync<bool>("SELECT attempts > 0 AND due_at > now() FROM learning_outbox WHERE session_id = $1", session),
            TimeSpan.FromSeconds(60));

        var fault = Assert.Single(await new SessionFaults(cluster.Database.DataSource).OpenAsync(10));
        Assert.Equal((session, "counting", "broken"), ((int)fault.SessionId, fault.Stage, fault.LearningKey));
        Assert.Equal(LearningStanding.Applied, (await cluster.Client.RunSessionAsync(Key)).Learning);
    }

    [Fact]
    public async Task What_a_fault_quotes_of_a_session_is_redacted_like_its_records()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("INSERT INTO sessions (id, task, status) VALUES (7, 'Refund order 1042', 'succeeded')");
        var store = new SessionFaults(database.DataSource);
        var faults = new CompletionFaults(store, new SessionRedaction(Redactor.Default, RedactionMode.All), NullLogger<CompletionFaults>.Instance);

        await faults.NoteAsync(7, CompletionFaults.Completion, Key, new FormatException("'ada@example.com' is no number."));

        Assert.Equal("FormatException: '[redacted email]' is no number.", Assert.Single(await store.OpenAsync(10)).Fault);
    }
}
