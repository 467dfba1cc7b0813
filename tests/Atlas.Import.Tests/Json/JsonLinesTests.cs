using System.Text;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Json;

public sealed class JsonLinesTests
{
    private static readonly string Good = TauRecord.Good().ToJsonString();
    private static readonly string Other = TauRecord.Good(8).ToJsonString();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n \n")]
    public async Task A_record_a_line_is_read_with_blank_lines_and_any_line_ends(string end)
    {
        using var stream = new MemoryStream([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good + end + Other + end)]);

        Assert.Equal([true, true], (await TauRecord.ReadAsync(stream)).Select(item => item.Succeeded));
    }

    [Theory]
    [InlineData("{\"task_id\": 3, \"reward\": ")]
    [InlineData("{\"task_id\": \"cut off in a te")]
    [InlineData("{\"a\": [1}")]
    [InlineData("oops")]
    [InlineData("]")]
    [InlineData("{\"a\": 1}}")]
    public async Task A_line_that_is_broken_is_reported_by_its_number_and_the_others_come_in(string broken)
    {
        var read = await TauRecord.ReadAsync($"{Good}\n\n{broken}\n{Other}\n");

        Assert.Equal(2, read.Count(item => item.Succeeded));
        Assert.True(read[^1].Succeeded);
        Assert.All(read.Where(item => !item.Succeeded), item => Assert.Equal(3, item.Line));
        Assert.DoesNotContain(read, item => item.EndsSource);
    }

    [Fact]
    public async Task A_last_line_that_was_not_finished_costs_itself_only()
    {
        var read = await TauRecord.ReadAsync($"{Good}\n{Other}\n{Good[..^9]}");

        Assert.Equal([true, true, false], read.Select(item => item.Succeeded));
        Assert.Equal("The record is not valid JSON: its line is incomplete.", read[2].Error);
        Assert.Equal(3, read[2].Line);
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.ndjson")]
    [InlineData("runs.json")]
    public async Task A_first_line_that_is_cut_in_a_text_does_not_take_the_others_along(string name)
    {
        using var folder = new TestFolder();
        var file = folder.Write(name, $"{{\"task_id\": \"cut\n{Good}\n{Other}\n");

        var read = await folder.ReadAsync(new Import.TauBench.TauBenchFormat(), file);

        Assert.Equal([false, true, true], read.Select(item => item.Succeeded));
    }

    [Theory]
    [InlineData("runs.jsonl")]
    [InlineData("runs.json")]
    public async Task Records_laid_out_over_many_lines_are_read_whatever_the_file_is_called(string name)
    {
        using var folder = new TestFolder();
        var options = new System.Text.Json.JsonSerializerOptions { WriteIndented = true };
        var pretty = TauRecord.Good().ToJsonString(options);

        var one = await folder.ReadAsync(new Import.TauBench.TauBenchFormat(), folder.Write(name, pretty));
        var list = await folder.ReadAsync(new Import.TauBench.TauBenchFormat(), folder.Write(name, $"[\n{pretty},\n{pretty}\n]\n"));
        var two = await folder.ReadAsync(new Import.TauBench.TauBenchFormat(), folder.Write("two.json", $"{pretty}\n{pretty}\n"));

        Assert.Equal([1, 2, 2], new[] { one, list, two }.Select(read => read.Count(item => item.Succeeded)));
    }

    [Fact]
    public async Task A_single_object_is_a_record() => Assert.True(Assert.Single(await TauRecord.ReadAsync(Good)).Succeeded);
}
