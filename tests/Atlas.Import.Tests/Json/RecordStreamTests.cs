using System.Text;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Json;

public sealed class RecordStreamTests
{
    private static readonly string Good = TauRecord.Good().ToJsonString();

    [Fact]
    public async Task What_is_wrong_in_a_record_costs_that_record()
    {
        var read = await TauRecord.ReadAsync($"[{Good},\n{Good},\n  oops, {Good}, {{\"a\" 1}}, {Good}]");

        Assert.Equal([true, true, false, true, false, true], read.Select(item => item.Succeeded));
        Assert.StartsWith("The record is not valid JSON at line 3, byte 3:", read[2].Error, StringComparison.Ordinal);
        Assert.Equal([1L, 2, 3, 3, 3, 3], read.Select(item => item.Line));
    }

    [Fact]
    public async Task Brackets_that_do_not_match_end_a_list_and_what_follows_is_said_to_be_unread()
    {
        var read = await TauRecord.ReadAsync($"[{Good},\n{{\"a\": [1}}, {Good}]");

        Assert.Equal([true, false], read.Select(item => item.Succeeded));
        Assert.True(read[1].EndsSource);
        Assert.Equal("The file is not valid JSON: unexpected '}', at line 2, byte 9. Nothing after that point was read.", read[1].Error);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n ", "The file contains only white space.")]
    [InlineData("[", "The file ends before its JSON is complete, at line 1, byte 2.")]
    [InlineData("[{\"a\": ", "The file ends before its JSON is complete, at line 1, byte 8.")]
    public async Task A_file_that_ends_too_early_is_broken(string text, string sentence)
    {
        var item = Assert.Single(await TauRecord.ReadAsync(text));

        Assert.True(item.EndsSource);
        Assert.StartsWith(sentence, item.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_in_a_record_keeps_the_records_before_it()
    {
        var read = await TauRecord.ReadAsync($"[{Good},{Good[..^20]}");

        Assert.Equal([true, false], read.Select(item => item.Succeeded));
        Assert.True(read[1].EndsSource);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"a\"")]
    [InlineData("These are notes,\nnot runs.")]
    public async Task A_file_that_holds_no_objects_is_refused(string text)
    {
        var item = Assert.Single(await TauRecord.ReadAsync(text));

        Assert.StartsWith("The file is not valid JSON: recorded runs are a JSON list of objects, or one object per line", item.Error, StringComparison.Ordinal);
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
