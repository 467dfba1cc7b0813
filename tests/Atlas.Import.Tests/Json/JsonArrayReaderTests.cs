using System.Text;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Json;

public sealed class JsonArrayReaderTests
{
    private static readonly string Good = TauRecord.Good().ToJsonString();

    [Fact]
    public async Task Readable_records_come_before_the_place_where_a_file_is_broken()
    {
        var read = await TauRecord.ReadAsync($"[{Good},\n{Good},\n  oops, {Good}]");

        Assert.Equal([true, true, false], read.Select(item => item.Succeeded));
        Assert.True(read[2].EndsSource);
        Assert.Equal(2, read[2].Index);
        Assert.StartsWith("The file is no valid JSON at line 3, byte 3:", read[2].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("[")]
    [InlineData("[{\"a\": ")]
    public async Task A_file_that_ends_too_early_is_broken(string text)
    {
        var item = Assert.Single(await TauRecord.ReadAsync(text));

        Assert.True(item.EndsSource);
        Assert.Contains("The file is no valid JSON at line 1", item.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_in_a_record_keeps_the_records_before_it()
    {
        var read = await TauRecord.ReadAsync($"[{Good},{Good[..^20]}");

        Assert.Equal([true, false], read.Select(item => item.Succeeded));
        Assert.True(read[1].EndsSource);
    }

    [Theory]
    [InlineData("{}", "an object")]
    [InlineData("7", "a number")]
    [InlineData("\"a\"", "a text")]
    public async Task A_file_that_is_no_list_is_refused(string text, string what)
    {
        var item = Assert.Single(await TauRecord.ReadAsync(text));

        Assert.Equal($"The file must be a JSON array of records; it begins with {what}.", item.Error);
        Assert.True(item.EndsSource);
    }

    [Fact]
    public async Task An_empty_list_has_no_records() => Assert.Empty(await TauRecord.ReadAsync("[]"));

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_records()
    {
        using var stream = new MemoryStream([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"[{Good}]")]);

        Assert.True(Assert.Single(await TauRecord.ReadAsync(stream)).Succeeded);
    }

    [Fact]
    public async Task A_stream_that_gives_a_byte_at_a_time_reads_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes($"[{Good}, {TauRecord.Good(8).ToJsonString()}]");
        using var whole = new MemoryStream(bytes);
        await using var trickle = new TrickleStream(bytes);

        var expected = await TauRecord.ReadAsync(whole);
        var read = await TauRecord.ReadAsync(trickle);

        Assert.Equal(expected.Select(item => item.Run!.ExternalId), read.Select(item => item.Run!.ExternalId));
    }

    [Fact]
    public async Task A_record_larger_than_the_buffer_is_read()
    {
        var record = TauRecord.Good();
        record["traj"]![4]!["content"] = new string('w', 2_000_000);

        var read = await TauRecord.ReadAsync(record, TauRecord.Good());

        Assert.All(read, item => Assert.True(item.Succeeded));
    }

    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
