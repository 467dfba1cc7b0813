using System.Diagnostics;
using System.Reflection;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class SampleTests
{
    [Theory]
    [InlineData("ChatClient")]
    [InlineData("AgentFramework")]
    public async Task A_sample_runs_as_a_process_of_its_own(string name)
    {
        var program = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == name).Value!;
        await using var cluster = await TestCluster.StartAsync();
        await using var server = await ScriptedServer.StartAsync(
            Answers.OpenAITool("get_order", """{"id":"1042"}"""), Answers.OpenAI("It was shipped."));
        var home = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        using var sample = Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ATLAS_DATABASE_URL"] = cluster.Database.Address,
                ["ATLAS_HOME"] = home,
                ["OPENAI_BASE_URL"] = server.OpenAIAddress,
                ["OPENAI_API_KEY"] = "none",
            },
        })!;

        var complaints = sample.StandardError.ReadToEndAsync();
        var said = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();
        Directory.Delete(home, recursive: true);

        Assert.True(sample.ExitCode == 0, $"The sample ended with {sample.ExitCode}: {await complaints}");
        Assert.Contains("It was shipped.", said, StringComparison.Ordinal);
        Assert.Contains("succeeded, review approved, learning applied", said, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, sent => Assert.DoesNotContain("atlas.", sent.Body, StringComparison.Ordinal));
        Assert.Equal(3, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }
}
