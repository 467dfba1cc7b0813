using Atlas.Client.Connection;
using Atlas.Contracts;
using Xunit;

namespace Atlas.Client.Tests.Connection;

public sealed class OutageBreakerTests
{
    [Fact]
    public async Task A_call_that_was_answered_stays_so_when_others_have_opened_the_circuit_meanwhile()
    {
        var breaker = new OutageBreaker(TimeSpan.FromMinutes(1), TimeProvider.System);
        for (var call = 0; call < 2; call++)
        {
            await Assert.ThrowsAsync<AtlasUnavailableException>(() => breaker.GuardAsync<int>(
                _ => throw new AtlasUnavailableException("No silo answered."), TestContext.Current.CancellationToken));
        }

        Assert.True(breaker.IsAway);
        breaker.Answered();
        Assert.True(breaker.IsAway);
    }
}
