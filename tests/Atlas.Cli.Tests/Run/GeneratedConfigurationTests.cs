using System.Globalization;
using Atlas.OrderDesk;
using Xunit;

namespace Atlas.Cli.Tests.Run;

/// <summary>What <c>atlas env init</c> writes of a project, <c>atlas run</c> runs.</summary>
public sealed class GeneratedConfigurationTests
{
    [Fact]
    public async Task The_configuration_of_a_project_runs_as_it_was_written()
    {
        await using var place = await DeskWorkspace.StartAsync();
        var project = Directory.CreateDirectory(place.Workspace.PathOf("support")).FullName;
        await place.Workspace.WriteAsync("support/SupportAgent.cs", $$"""
            using System.ClientModel;
            using Microsoft.Extensions.AI;
            using OpenAI;

            public sealed class SupportAgent(IChatClient chat)
            {
                private const string SystemPrompt = "You work at the order desk and settle what customers ask for.";

                public static IChatClient Create() => new OpenAIClient(
                    new ApiKeyCredential(Environment.GetEnvironmentVariable("{{DeskConfiguration.KeyVariable}}")!),
                    new OpenAIClientOptions { Endpoint = new Uri("{{place.Desk.Address}}v1") }).GetChatClient("desk-student").AsIChatClient();

                public async Task<string> AnswerAsync(string question) =>
                    (await chat.GetResponseAsync([new ChatMessage(ChatRole.System, SystemPrompt), new ChatMessage(ChatRole.User, question)])).Text;
            }
            """);
        (await place.Workspace.RunAsync("env", "init", "--path", project, "--task", "Settle order 1000")).Expect(ExitCode.Ok);
        var generated = Path.Combine(project, ".atlas", "generated_config.yaml");
        var run = await place.Workspace.RunAsync("run", "--config", generated, "--task", "Say what you can do.", "--wait", "5", "--json");

        var result = run.Expect(ExitCode.Ok).Json();
        Assert.Equal("succeeded", result.GetProperty("status").GetString());
        Assert.NotEqual("", result.GetProperty("answer").GetString());
        Assert.Contains(place.Desk.Address.Port.ToString(CultureInfo.InvariantCulture), await File.ReadAllTextAsync(generated), StringComparison.Ordinal);
    }
}
