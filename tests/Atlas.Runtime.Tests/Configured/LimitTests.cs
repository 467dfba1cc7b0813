using Atlas.Configuration;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Teacher;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Runtime.Configured;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Configured;

public class LimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_limits_of_the_configuration_hold_for_agent_teacher_and_probe(bool byProvider)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("{}"));
        var model = new LlmParameters { Model = "m", ApiBase = server.OpenAIAddress, ApiKeyEnv = "KEY" };
        var one = new ProviderLimits { CallsPerMinute = 1, MaxWaitingCalls = 0 };
        await using var runtime = await ConfiguredRuntime.CreateAsync(
            new AtlasConfiguration
            {
                Agent = new ChatAgentOptions { Name = "desk", SystemPrompt = "x", Llm = model },
                Teacher = new TeacherOptions { Llm = model },
                AdaptiveTeaching = new AdaptiveTeachingOptions { Probe = new ProbeOptions { Llm = model } },
                Orchestration = new OrchestrationOptions(),
                Models = byProvider ? new ModelOptions { LimitsByProvider = new LimitsByProvider { OpenAI = one } } : new ModelOptions { Limits = one },
            },
            new ConfiguredRuntimeOptions { ReadVariable = name => name == "KEY" ? "secret" : null });

        await runtime.Parts.Teacher!.GetResponseAsync("first");

        foreach (var role in (IChatClient[])[runtime.Parts.Teacher!, runtime.Parts.Probe!])
        {
            Assert.Equal(ModelFailure.RateLimited, (await Assert.ThrowsAsync<ModelException>(() => role.GetResponseAsync("second"))).Failure);
        }

        var call = new Agents.AgentCall { Messages = [new ChatMessage(ChatRole.User, "third")], Payload = new Agents.AgentPayload(Agents.AgentMode.Planning, "t") };
        await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var _ in runtime.Parts.Agent.CallAsync(call, CancellationToken.None))
            {
                // Nothing may come.
            }
        });
        Assert.Single(server.Requests);
    }
}
