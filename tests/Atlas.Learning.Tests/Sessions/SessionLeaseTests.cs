using System.Text.Json;
using Atlas.Learning.Sessions;
using Xunit;

namespace Atlas.Learning.Tests.Sessions;

public sealed class SessionLeaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_session_without_a_lease_never_lapses()
    {
        Assert.Null(SessionLease.Until(0, Start));
        Assert.Null(SessionLease.Renewal(0, null, Start.AddYears(1)));
        Assert.False(SessionLease.HasLapsed(null, Start.AddYears(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(900)]
    [InlineData(SessionLease.MaxSeconds)]
    public void Whoever_is_heard_of_in_time_is_never_closed_and_is_written_once_in_a_quarter_at_most(int seconds)
    {
        var written = SessionLease.Until(seconds, Start)!.Value;
        var (heard, writes, steps) = (Start, 0, 1000);
        for (var step = 0; step < steps; step++)
        {
            heard = heard.AddSeconds(seconds / 100.0);
            if (SessionLease.Renewal(seconds, written, heard) is { } renewed)
            {
                written = renewed;
                writes++;
            }

            // What is written reaches over the whole lease from when it was last heard of.
            Assert.False(SessionLease.HasLapsed(written, heard.AddSeconds(seconds).AddTicks(-1)));
        }

        Assert.InRange(writes, 1, steps / 25);
        Assert.True(SessionLease.HasLapsed(written, heard.AddSeconds(seconds * 1.26)));
    }

    [Fact]
    public void Why_a_session_was_closed_is_read_back_from_its_metadata()
    {
        var closed = JsonSerializer.SerializeToElement(SessionLease.Closed(900, Start));

        Assert.Equal(
            "It was closed as failed at 2026-03-01 12:00:00Z, because nothing was heard from its runtime for 900 seconds.",
            SessionLease.ReasonOf(closed));
        Assert.Null(SessionLease.ReasonOf(JsonElement.Parse("""{"lease": {"seconds": 5}}""")));
        Assert.Null(SessionLease.ReasonOf(JsonElement.Parse("\"lease\"")));
        Assert.Null(SessionLease.ReasonOf(default));
    }
}
