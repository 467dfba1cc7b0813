using Atlas.Client;
using Atlas.Client.Calls;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Runtime.Tests.Recording;

public class SessionRecordsTests
{
    [Fact]
    public async Task Records_that_come_as_the_queue_becomes_empty_are_stored_once()
    {
        const int Threads = 4;
        const int Notes = 20_000;
        var session = new MemorySession();
        var options = new AtlasRuntimeOptions { RetryPause = TimeSpan.FromMilliseconds(1) };
        await using var records = new SessionRecords(
            new AtlasSession(session, new SessionStarted(42, "key", SessionStatus.Running, MemoryCluster.Resolved(null)), new CallRetry(TimeSpan.Zero, TimeProvider.System)),
            options,
            TimeProvider.System,
            new Patience(options, TimeProvider.System, NullLogger.Instance),
            NullLogger.Instance);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var note = 0; note < Notes; note++)
                {
                    // Each waits until something is stored, so the queue becomes empty again and again while others add to it.
                    var before = session.GuidanceCount;
                    records.Guidance((thread * Notes) + note, "Look twice.");
                    SpinWait.SpinUntil(() => session.GuidanceCount != before, TimeSpan.FromMilliseconds(1));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        await records.DrainAsync();
        Assert.Equal(Enumerable.Range(0, Threads * Notes), session.Guidance.Select(note => note.StepId).Order());
    }
}
