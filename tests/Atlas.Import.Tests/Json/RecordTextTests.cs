using System.Text;
using System.Text.Json.Nodes;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Json;

public sealed class RecordTextTests
{
    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public async Task A_number_that_only_Python_knows_loses_nothing(string literal)
    {
        var record = Spoiled($"\"cost\": {literal}, \"more\": [{literal},{literal}], \"said\": \"a {literal} in a text\", \"reward\":");

        var read = await TauRecord.ReadAsync($"[{Good()},{record},{Good(5)}]");

        Assert.Equal([true, true, true], read.Select(item => item.Succeeded));
        Assert.Contains($"a {literal} in a text", (await TauRecord.ReadAsync(
            Good().Replace("It is done.", $"a {literal} in a text", StringComparison.Ordinal)))[0].Run!.FinalAnswer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN", "it is null. (NaN and Infinity are read as null.)")]
    [InlineData("1e999", "'reward' must be a number from 0 to 1; it is 1e999.")]
    [InlineData("-0.5", "'reward' must be a number from 0 to 1; it is -0.5.")]
    [InlineData("true", "'reward' must be a number; it is true or false.")]
    public async Task A_reward_that_is_none_is_said_to_be_none(string reward, string sentence)
    {
        var read = await TauRecord.ReadAsync($"[{Good()},{Good().Replace("\"reward\":1", $"\"reward\":{reward}", StringComparison.Ordinal)},{Good(5)}]");

        Assert.Equal([true, false, true], read.Select(item => item.Succeeded));
        Assert.EndsWith(sentence, read[1].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud83d", "\uFFFD")]
    [InlineData("\\uDE00", "\uFFFD")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\uFFFD😀")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\\\ud83d", "\\ud83d")]
    [InlineData("\\ud83d\\n", "\uFFFD\n")]
    public async Task Half_a_character_is_replaced_and_a_whole_one_kept(string written, string read)
    {
        var run = Assert.Single(await TauRecord.ReadAsync(Good().Replace("It is done.", $"Done {written}", StringComparison.Ordinal)));

        Assert.Equal($"Done {read}", run.Run!.FinalAnswer);
        Assert.Equal(read.Contains('\uFFFD', StringComparison.Ordinal), run.WasMended);
    }

    [Fact]
    public async Task Half_a_character_in_bytes_is_replaced_too()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Good());
        bytes[bytes.AsSpan().IndexOf("It is done"u8)] = 0xF0;
        using var stream = new MemoryStream(bytes);

        var read = Assert.Single(await TauRecord.ReadAsync(stream));

        Assert.Equal("\uFFFDt is done.", read.Run!.FinalAnswer);
        Assert.True(read.WasMended);
    }

    [Fact]
    public async Task A_record_that_is_nested_without_end_costs_itself_only()
    {
        var deep = Spoiled($"\"deep\": {new string('[', 100_000)}{new string(']', 100_000)}, \"reward\":");

        var read = await TauRecord.ReadAsync($"[{Good()},{deep},{Good(5)}]");

        Assert.Equal([true, false, true], read.Select(item => item.Succeeded));
        Assert.Equal("The record is nested deeper than 256 levels.", read[1].Error);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_named()
    {
        var read = await TauRecord.ReadAsync($"[{Spoiled("\"reward\": 0, \"reward\":")},{Good()}]");

        Assert.Equal([false, true], read.Select(item => item.Succeeded));
        Assert.Equal("'reward' occurs twice in one object, so it is ambiguous.", read[0].Error);
    }

    [Fact]
    public async Task The_smallest_reward_there_is_comes_in() => Assert.Equal(
        5e-324, Assert.Single(await TauRecord.ReadAsync(Good().Replace("\"reward\":1", "\"reward\":5e-324", StringComparison.Ordinal))).Run!.Score);

    private static string Good(int taskId = 3) => TauRecord.Good(taskId).ToJsonString();

    private static string Spoiled(string members) => Good(4).Replace("\"reward\":", members, StringComparison.Ordinal);
}
