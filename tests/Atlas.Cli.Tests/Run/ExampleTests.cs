using Atlas.Cli.Tests.Harness;
using Atlas.Configuration;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;
using Xunit;

namespace Atlas.Cli.Tests.Run;

/// <summary>The examples of docs/runtime.md do what it says.</summary>
public sealed class ExampleTests
{
    private const string Port = "127.0.0.1:5085";

    [Fact]
    public async Task The_example_of_the_docs_learns_from_its_first_task_to_its_second()
    {
        await using var desk = await DeskServer.StartAsync();
        await using var workspace = new TestWorkspace();
        workspace.SetEnvironment(DeskConfiguration.KeyVariable, "any");
        var file = await workspace.WriteAsync(
            "atlas.yaml", (await File.ReadAllTextAsync(Sample("OrderDesk"))).Replace(Port, desk.Address.Authority, StringComparison.Ordinal));

        var scores = new List<double>();
        foreach (var task in Tasks())
        {
            var run = (await workspace.RunAsync("run", "--config", file, "--key", "desk/refunds", "--task", task, "--json")).Expect(ExitCode.Ok);
            scores.Add(run.Json().GetProperty("reward").GetProperty("score").GetDouble());
        }

        Assert.Equal([0.5, 0.8], scores);
    }

    [Fact]
    public void The_example_of_a_Python_agent_is_a_valid_configuration()
    {
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = [Sample("PythonAgent")],
            Profile = ConfigurationProfile.Agent,
        });

        Assert.Empty(check.Errors);
    }

    private static string Sample(string name) => Path.Combine(RepositoryRoot.Path, "samples", name, "atlas.yaml");

    private static IEnumerable<string> Tasks() => File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "runtime.md"))
        .Where(line => line.StartsWith("./atlas run ", StringComparison.Ordinal) && line.Contains("--task \"Order", StringComparison.Ordinal))
        .Select(line => line.Split("--task \"")[1].Split('"')[0]);
}
