using System.Diagnostics;
using System.Reflection;
using Atlas.Client.Tests.Harness;
using Atlas.Grains.Tests.Cluster;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class SampleTests
{
    private const string Calls = """
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "finish_reason": "tool_calls",
         "message": {"role": "assistant", "content": null, "tool_calls": [{"id": "call-1", "type": "function",
         "function": {"name": "get_order", "arguments": "{\"id\":\"1042\"}"}}]}}],
         "usage": {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}}
        """;

    private const string Answers = """
        {"id": "c2", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "finish_reason": "stop",
         "message": {"role": "assistant", "content": "It was shipped."}}],
         "usage": {"prompt_tokens": 19, "completion_tokens": 1, "total_tokens": 20}}
        """;

    private static readonly string Program = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "ChatClient").Value!;

    [Fact]
    public async Task The_chat_client_sample_runs_as_a_process_of_its_own()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var server = await ModelServer.StartAsync(Calls, Answers);
        var home = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        using var sample = Process.Start(new ProcessStartInfo("dotnet", [Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ATLAS_DATABASE_URL"] = cluster.Database.Address,
                ["ATLAS_HOME"] = home,
                ["OPENAI_BASE_URL"] = server.Address.AbsoluteUri + "v1",
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
        Assert.All(server.Requests, body => Assert.DoesNotContain("atlas.", body.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(3, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
    }
}
