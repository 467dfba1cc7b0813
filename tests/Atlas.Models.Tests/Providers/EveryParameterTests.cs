using System.Reflection;
using Atlas.Learning.Options;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

/// <summary>Every parameter of a language model changes what is sent, or it is told where else its effect is.</summary>
public sealed class EveryParameterTests
{
    private static readonly Dictionary<string, Func<LlmParameters, LlmParameters>> Changes = new()
    {
        ["Provider"] = given => given with { Provider = LlmProvider.Anthropic },
        ["Model"] = given => given with { Model = "other" },
        ["ApiKeyEnv"] = given => given with { ApiKeyEnv = "OTHER_KEY" },
        ["ApiBase"] = given => given with { ApiBase = given.ApiBase + "/elsewhere" },
        ["Organization"] = given => given with { Organization = "org-7" },
        ["Temperature"] = given => given with { Temperature = 1.5 },
        ["TopP"] = given => given with { TopP = 0.5 },
        ["MaxOutputTokens"] = given => given with { MaxOutputTokens = 77 },
        ["AdditionalHeaders"] = given => given with { AdditionalHeaders = given.AdditionalHeaders.Add("X-Team", "night") },
        ["ReasoningEffort"] = given => given with { ReasoningEffort = Learning.Options.ReasoningEffort.Low },
    };

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["TimeoutSeconds"] = "FailureTests.A_time_limit_is_named: it ends a call and is in no request.",
        ["Retry"] = "FailureTests.Waits_grow_by_the_configured_step_with_jitter: it sends the same request again.",
        ["Price"] = "The runtime computes the cost of a session by it.",
    };

    [Fact]
    public async Task Every_parameter_is_sent_or_has_its_effect_elsewhere()
    {
        Assert.Equal(
            typeof(LlmParameters).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(StringComparer.Ordinal),
            Changes.Keys.Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));

        var usual = await SentAsync(given => given);
        foreach (var (name, change) in Changes)
        {
            Assert.True(usual != await SentAsync(change), $"{name} changes nothing of what is sent.");
        }
    }

    private static async Task<string> SentAsync(Func<LlmParameters, LlmParameters> change)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.When(request => request.Path.Contains("messages", StringComparison.Ordinal), Answers.Anthropic("noon")).When(_ => true, Answers.OpenAI("noon"));
        await using var factory = Factory(variables: ("OTHER_KEY", "sk-other-0123456789"));
        using var client = factory.Create(change(OpenAIAt(server)));

        await client.GetResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken);

        var sent = server.Requests[^1];
        var headers = sent.Headers.Where(header => header.Key is not ("Host" or "Content-Length")).OrderBy(header => header.Key, StringComparer.Ordinal);
        return $"{sent.Path}\n{string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}"))}\n{sent.Body}";
    }
}
