using System.Text.Json;
using Atlas.Learning.Text;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("\u001b]0;owned\u0007", @"\u001b]0;owned\u0007")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("a\rb", @"a\u000db")]
    [InlineData("a\r\nb\tc", "a\nb\tc")]
    [InlineData("file\u202Egnp.exe", @"file\u202egnp.exe")]
    [InlineData("\u2066x\u2069\u200b\ufeff", @"\u2066x\u2069\u200b\ufeff")]
    [InlineData("x\udb40\udc41", @"x\udb40\udc41")]
    public void What_would_be_obeyed_or_not_seen_is_written_out(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    // Not as data of a theory: an attribute cannot hold half a pair.
    [Fact]
    public void Half_of_a_surrogate_pair_is_written_out() => Assert.Equal(@"a\ud83db", VisibleText.Of("a\ud83db"));

    [Theory]
    [InlineData("Grüße, 東京, שלום, می‌خواهم, 👩‍🚀, a\nb\tc")]
    [InlineData("")]
    public void What_people_write_stays(string text) => Assert.Equal(text, VisibleText.Of(text));

    [Fact]
    public void One_line_has_no_line_break() => Assert.Equal(@"a\nb\tc\u2028", VisibleText.OneLine("a\nb\tc\u2028"));

    [Fact]
    public void A_document_of_JSON_stays_the_same_document() => Gen.String.Sample(text =>
    {
        var json = JsonSerializer.Serialize(text, Relaxed);
        return JsonSerializer.Deserialize<string>(VisibleText.Of(json)) == JsonSerializer.Deserialize<string>(json);
    });

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
