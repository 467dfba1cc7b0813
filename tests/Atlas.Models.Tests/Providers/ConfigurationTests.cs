using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Models.Tests.Providers;

/// <summary>Which parameters work, and what is said of those that do not.</summary>
public sealed class ConfigurationTests
{
    private static LlmParameters Parameters { get; } = new() { Model = "gpt-test", ApiKeyEnv = "TEST_KEY" };

    [Fact]
    public async Task A_missing_key_names_its_variable()
    {
        Assert.Equal(
            "The environment variable OTHER_KEY is not set. Set it to the API key of openai for the model 'gpt-test'.",
            (await RefusedAsync(Parameters with { ApiKeyEnv = "OTHER_KEY" })).Message);
    }

    [Theory]
    [InlineData(LlmProvider.AzureOpenAI, "needs 'api_base', the address of the resource")]
    [InlineData(LlmProvider.Bedrock, "the environment variable AWS_REGION")]
    public async Task A_missing_address_is_named(LlmProvider provider, string what) =>
        Assert.Contains(what, (await RefusedAsync(Parameters with { Provider = provider })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Two_providers_at_once_are_refused() => Assert.Equal(
        "The model 'gemini/flash' names the provider 'gemini', but 'provider' is 'anthropic'. Use the same provider in both, or leave one out.",
        (await RefusedAsync(Parameters with { Provider = LlmProvider.Anthropic, Model = "gemini/flash" })).Message);

    [Fact]
    public async Task An_organisation_of_a_provider_that_knows_none_is_refused() => Assert.Equal(
        "The model 'claude-x' has an 'organization', which anthropic does not support. Remove it.",
        (await RefusedAsync(Parameters with { Provider = LlmProvider.Anthropic, Model = "claude-x", Organization = "org-1" })).Message);

    [Fact]
    public void Limits_come_from_the_configuration_with_those_of_a_provider_before_the_general_ones()
    {
        var options = ChatClientFactoryOptions.Of(new ModelOptions
        {
            Limits = new ProviderLimits { CallsPerMinute = 600 },
            LimitsByProvider = new LimitsByProvider { Gemini = new ProviderLimits { MaxConcurrentCalls = 2 } },
        });

        Assert.Equal(600, options.Limits.CallsPerMinute);
        Assert.Equal([LlmProvider.Gemini, LlmProvider.Google], options.LimitsByProvider.Keys.Order().Reverse());
        Assert.Equal(2, options.LimitsByProvider[LlmProvider.Gemini].MaxConcurrentCalls);
    }

    [Fact]
    public void Limits_of_a_provider_hold_for_that_provider_alone()
    {
        foreach (var key in typeof(LimitsByProvider).GetProperties())
        {
            var limits = new LimitsByProvider();
            key.SetValue(limits, new ProviderLimits { MaxConcurrentCalls = 2 });

            var limited = ChatClientFactoryOptions.Of(new ModelOptions { LimitsByProvider = limits }).LimitsByProvider.Keys.Select(provider => provider.ToString());

            Assert.Equal(key.Name == nameof(LimitsByProvider.Gemini) ? ["Gemini", "Google"] : [key.Name], limited.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Parameters_out_of_range_are_refused()
    {
        await using var factory = Clients.Factory();
        Assert.Throws<ValidationException>(() => factory.Create(Parameters with { Temperature = 3 }));
    }

    [Theory]
    [InlineData(LlmProvider.OpenAI, "gpt-x", null, LlmProvider.OpenAI, "gpt-x", true)]
    [InlineData(LlmProvider.OpenAI, "gemini/gemini-2.5-pro", null, LlmProvider.Gemini, "gemini-2.5-pro", true)]
    [InlineData(LlmProvider.OpenAI, "xai/grok-4", null, LlmProvider.XAI, "grok-4", true)]
    [InlineData(LlmProvider.OpenAI, "anthropic/claude-x", null, LlmProvider.Anthropic, "claude-x", true)]
    [InlineData(LlmProvider.OpenAI, "anthropic/claude-x", "https://router.example/api/v1", LlmProvider.OpenAI, "anthropic/claude-x", false)]
    [InlineData(LlmProvider.Google, "gemini-2.5-pro", null, LlmProvider.Gemini, "gemini-2.5-pro", true)]
    [InlineData(LlmProvider.Bedrock, "bedrock/gpt-oss", null, LlmProvider.Bedrock, "gpt-oss", false)]
    public async Task A_prefix_of_the_model_names_its_provider(
        LlmProvider provider, string model, string? address, LlmProvider expected, string name, bool schema)
    {
        await using var factory = Clients.Factory(variables: ("AWS_REGION", "eu-west-1"));

        using var client = factory.Create(Parameters with { Provider = provider, Model = model, ApiBase = address });

        Assert.Equal(new ModelDescription(expected, name, schema), client.GetService<ModelDescription>());
    }

    [Theory]
    [InlineData("1", LlmProvider.Offline)]
    [InlineData("yes", LlmProvider.Offline)]
    [InlineData("False", LlmProvider.OpenAI)]
    [InlineData("0", LlmProvider.OpenAI)]
    public async Task Offline_mode_replaces_every_model(string value, LlmProvider expected)
    {
        await using var factory = Clients.Factory(variables: ("ATLAS_OFFLINE_MODE", value));

        using var client = factory.Create(Parameters);

        Assert.Equal(expected, client.GetService<ModelDescription>()!.Provider);
    }

    [Theory]
    [InlineData("extend the playbook_entry list", "playbook_entries")]
    [InlineData("make a plan", "steps")]
    [InlineData("give guidance", "valid")]
    [InlineData("anything else", "note")]
    public async Task Offline_answers_follow_the_question(string question, string member)
    {
        await using var factory = Clients.Factory();
        using var client = factory.Create(new LlmParameters { Provider = LlmProvider.Offline, Model = "scripted" });

        var text = (await client.GetResponseAsync(question, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, TestContext.Current.CancellationToken)).Text;

        Assert.True(System.Text.Json.JsonElement.Parse(text).TryGetProperty(member, out _), text);
    }

    private static async Task<ModelException> RefusedAsync(LlmParameters parameters)
    {
        await using var factory = Clients.Factory();
        var refused = Assert.Throws<ModelException>(() => factory.Create(parameters));
        Assert.Equal(ModelFailure.Configuration, refused.Failure);
        return refused;
    }
}
