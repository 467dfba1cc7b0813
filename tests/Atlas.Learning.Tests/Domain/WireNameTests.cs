using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Xunit;

namespace Atlas.Learning.Tests.Domain;

public sealed class WireNameTests
{
    [Theory]
    [InlineData(" Approved ", ReviewStatus.Approved)]
    [InlineData("QUARANTINED", ReviewStatus.Quarantined)]
    public void A_name_is_read_whatever_its_case(string given, ReviewStatus status) =>
        Assert.Equal(status, WireName.Parse<ReviewStatus>(given));

    [Theory]
    [InlineData("on hold")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1")]
    public void Another_word_is_refused_with_those_that_there_are(string? given)
    {
        var refused = Assert.Throws<WireNameException>(() => WireName.Parse<ReviewStatus>(given));
        Assert.Equal($"'{given}' is no review status. Use 'pending', 'quarantined' or 'approved'.", refused.Message);
        Assert.Null(WireName.ReadOrNull<ReviewStatus>(given));
    }

    [Fact]
    public void Json_has_the_same_names_whatever_the_options_are()
    {
        Assert.Equal("\"succeeded\"", JsonSerializer.Serialize(SessionStatus.Succeeded));
        Assert.Equal(SessionStatus.Failed, JsonSerializer.Deserialize<SessionStatus>("\"failed\"", AtlasJson.Options));
        Assert.Equal("""{"student":1}""", JsonSerializer.Serialize(new Dictionary<Role, int> { [Role.Student] = 1 }));
        Assert.Contains("Use 'running'", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SessionStatus>("\"done\"")).Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SessionStatus>("1"));
    }

    [Fact]
    public void What_is_no_member_has_no_name() => Assert.Throws<ArgumentOutOfRangeException>(() => ((Role)7).ToWire());
}
