using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Tests.Providers;

/// <summary>Clients for the tests, with keys of their own instead of the machine's.</summary>
internal static class Clients
{
    public const string Key = "sk-test-0123456789abcdef";

    public static TimeSpan LongWaits { get; } = TimeSpan.FromSeconds(50);

    /// <summary>A factory without any of the machine's variables.</summary>
    public static ChatClientFactory Factory(TimeProvider? time = null, ProviderLimits? limits = null, params (string Name, string Value)[] variables) => new(new()
    {
        Time = time ?? new TestClock(LongWaits),
        Limits = limits ?? new(),
        ReadVariable = name => variables.Append(("TEST_KEY", Key)).LastOrDefault(pair => pair.Item1 == name).Item2,
    });

    public static LlmParameters OpenAIAt(ScriptedServer server, int attempts = 1) => new()
    {
        Model = "gpt-test",
        ApiKeyEnv = "TEST_KEY",
        ApiBase = new Uri(server.Address, "/v1").AbsoluteUri,
        Temperature = 0.1,
        Retry = new RetryOptions { Attempts = attempts },
    };

    public static LlmParameters AnthropicAt(ScriptedServer server, int attempts = 1) => OpenAIAt(server, attempts) with
    {
        Provider = LlmProvider.Anthropic,
        Model = "anthropic/claude-test",
        ApiBase = server.Address.AbsoluteUri,
    };

    public static List<ChatMessage> Question { get; } = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Wie spät? ⏰")];
}
