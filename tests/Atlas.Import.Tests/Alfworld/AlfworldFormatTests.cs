using Atlas.Import.Alfworld;
using Atlas.Testing;
using Xunit;

namespace Atlas.Import.Tests.Alfworld;

public sealed class AlfworldFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-alfworld-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_holds_what_is_known_and_no_more()
    {
        Write("reflexion_trial_3.json", """[{"name": "env_2", "memory": [" I should look first. "], "is_success": true, "answer": "SENTINEL"}]""");

        var run = Assert.Single(Read(_folder)).Run!;

        Assert.Equal("ALFWorld household task env_2", run.Task);
        Assert.Equal(1, run.Score);
        Assert.Equal("environment", run.Judge);
        Assert.Null(run.FinalAnswer);
        Assert.Contains("I should look first.", string.Concat(run.Events), StringComparison.Ordinal);
        Assert.Contains("\"arm\":\"reflexion\",\"trial\":3", run.Metadata.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", string.Concat(run.Events) + run.Metadata.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reflection_written_after_a_failure_is_not_part_of_the_failed_run()
    {
        Write("reflexion_trial_1.json", """[{"name": "env_2", "memory": ["early words", "hindsight"], "is_success": false}]""");

        var events = string.Concat(Assert.Single(Read(_folder)).Run!.Events);

        Assert.Contains("early words", events, StringComparison.Ordinal);
        Assert.DoesNotContain("hindsight", events, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_read_in_the_order_of_their_numbers()
    {
        foreach (var trial in (int[])[10, 9, 2])
        {
            Write($"reflexion_trial_{trial}.json", """[{"name": "env_0", "memory": [], "is_success": true}]""");
        }

        var runs = Read(_folder).Select(item => item.Run!).ToList();

        Assert.Equal([":2:", ":9:", ":10:"], runs.Select(run => run.ExternalId["alfworld:reflexion".Length..][..^("env_0:".Length + 16)]));
        Assert.Equal([0, 1, 2], runs.Select(run => run.Index));
        Assert.Equal(3, runs.Select(run => run.ExternalId).Distinct().Count());
    }

    [Fact]
    public void Bad_records_and_broken_files_are_reported_and_the_others_go_on()
    {
        Write("a_trial_0.json", "[{");
        Write("b_trial_0.json", """{"name": "env_0"}""");
        Write("c_trial_0.json", """[7, {"name": "env_1", "memory": [], "is_success": "yes"}, {"name": "env_2", "memory": [1], "is_success": true}, {"name": "env_3", "memory": [], "is_success": true}]""");
        Write("notes.json", "[]");

        var read = Read(_folder).ToList();

        Assert.Equal(
            [
                "a_trial_0.json: The file ends before its JSON is complete, at line 1, byte 3. Nothing after that point was read.",
                "b_trial_0.json: 'is_success' is missing.",
                "c_trial_0.json: A record must be an object; this one is a number.",
                "c_trial_0.json: 'is_success' must be true or false; it is a text.",
                "c_trial_0.json: 'memory[0]' must be a text; it is a number.",
                null,
            ],
            read.Select(item => item.Error));
        Assert.Equal(Enumerable.Range(0, 6), read.Select(item => item.Index));
    }

    [Fact]
    public void A_folder_without_recordings_is_refused_with_the_name_they_should_have()
    {
        Write("results.json", "[]");

        Assert.Contains("ARM_trial_N.json", Assert.Throws<FileNotFoundException>(() => Read(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Read(Path.Combine(_folder, "nowhere")));
    }

    [Fact]
    public void The_recorded_learning_curve_comes_through()
    {
        var runs = Read(RecordedData.Require("alfworld")).Select(item => item.Run!).ToList();

        Assert.Equal(134 * 22, runs.Count);
        Assert.Equal(runs.Count, runs.Select(run => run.ExternalId).Distinct().Count());
        Assert.Equal(
            [84, 103, 111, 113, 117, 118, 123, 126, 128, 129, 130, 130, 131, 133, 134],
            runs.Where(run => run.ExternalId.StartsWith("alfworld:reflexion:", StringComparison.Ordinal)).Chunk(134).Select(trial => (int)trial.Sum(run => run.Score!.Value)));
    }

    private static List<RunOrError> Read(string folder) => [.. new AlfworldFormat().ReadAsync(folder).ToBlockingEnumerable()];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
