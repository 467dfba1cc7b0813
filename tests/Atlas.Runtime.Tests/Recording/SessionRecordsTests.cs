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
    public async Task Records_that_come_as_the_last_one_is_stored_are_stored_once_and_in_order()
    {
        const int Notes = 20_000;
        var session = new MemorySession();
        var options = new AtlasRuntimeOptions();
        await using var records = new SessionRecords(
            new AtlasSession(session, new SessionStarted(42, "key", SessionStatus.Running, MemoryCluster.Resolved(null)), new CallRetry(TimeSpan.Zero, TimeProvider.System)),
            options,
            TimeProvider.System,
            new Patience(options, TimeProvider.System, NullLogger.Instance),
            NullLogger.Instance);
        for (var note = 0; note < Notes; note++)
        {
            records.Guidance(note, "Look twice.");

            // The next one comes at the moment at which the queue has become empty.
            SpinWait.SpinUntil(() => session.GuidanceCount > note);
        }

        await records.DrainAsync();
        Assert.Equal(Enumerable.Range(0, Notes), session.Guidance.Select(note => note.StepId));
    }
}
