using System.Globalization;
using Atlas.Cli.Invocation;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

public sealed class TypedTimeTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T07:30", "2026-03-01T07:30:00Z")]
    [InlineData("2026-03-01 07:30:15", "2026-03-01T07:30:15Z")]
    [InlineData("2026-03-01T07:30:15.25Z", "2026-03-01T07:30:15.2500000Z")]
    [InlineData("2026-03-01T07:00:00+02:00", "2026-03-01T05:00:00Z")]
    public void A_date_or_time_in_ISO_8601_is_read_as_UTC(string typed, string meant)
    {
        var time = TypedTime.Read(typed);
        Assert.Equal(DateTimeOffset.Parse(meant, CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeSpan.Zero, time!.Value.Offset);
    }

    [Theory]
    [InlineData("12/01/2026")]
    [InlineData("01.12.2026")]
    [InlineData("2026-3-1")]
    [InlineData("10:00")]
    [InlineData("March 2026")]
    [InlineData("2026")]
    [InlineData("2026-02-30")]
    public void Anything_that_could_mean_another_day_is_not_a_time(string typed) => Assert.Null(TypedTime.Read(typed));
}
