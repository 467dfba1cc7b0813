using System.IO.Compression;
using System.Text;
using Xunit;

namespace Atlas.Import.Tests.Files;

/// <summary>Files that are no text in UTF-8 are named as what they are.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, byte[], string> Files => new()
    {
        { "nothing", [], "is empty" },
        { "white space", [.. "  \n\r\n"u8], "contains only white space" },
        { "UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("[{}]")], "is text in UTF-16;" },
        { "UTF-16 of big end with a mark", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("[{}]")], "is text in UTF-16;" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes("[{}]"), "is text in UTF-16LE;" },
        { "UTF-32 with a mark", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("[{}]")], "is text in UTF-32;" },
        { "UTF-32 without a mark", Encoding.UTF32.GetBytes("[{}]"), "is text in UTF-32LE;" },
        { "gzip", Gzip("[{}]"), "is compressed (gzip); unpack it first" },
        { "zip", [.. "PK\u0003\u0004"u8, 20, 0], "is compressed (zip)" },
        { "Parquet", [.. "PAR1"u8, 21, 0], "is a Parquet file" },
        { "an image", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], "is a binary file" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_is_no_text_is_named(string what, byte[] bytes, string sentence)
    {
        using var folder = new TestFolder();
        var file = folder.Write("runs.json", bytes);

        Assert.StartsWith(sentence, RunFormats.Refusal(file), StringComparison.Ordinal);
        var read = Assert.Single(await folder.ReadAsync(new Import.Chat.ChatFormat(), file));
        Assert.True(read.EndsSource, what);
        Assert.StartsWith($"The file {sentence}", read.Error, StringComparison.Ordinal);
        Assert.Null(await RunFormats.RecogniseAsync(file));
    }

    [Fact]
    public void Text_is_not_refused()
    {
        using var folder = new TestFolder();

        Assert.Null(RunFormats.Refusal(folder.Write("a.json", "[{\"a\": \"ü 😀\"}]")));
        Assert.Null(RunFormats.Refusal(folder.Write("b.json", "no JSON, but text")));
        Assert.Null(RunFormats.Refusal(folder.Path));
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
