using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Atlas.Client.Tests.Harness;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

/// <summary>What a provider's own package makes of a request that a playbook was written into.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task Anthropic_is_sent_the_cache_mark_on_the_last_block_before_the_playbook()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Anthropic("Done."));
        var atlas = new FakeAtlas { Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Suffix) };
        using var anthropic = new AnthropicClient { BaseUrl = server.Address.AbsoluteUri, ApiKey = "none" };
        var chat = anthropic.AsIChatClient("claude-test", 100).AsBuilder()
            .UseAtlas(atlas, options =>
            {
                options.CacheOnDisk = false;
                options.MarkBreakpoint = content => content.WithCacheControl(Ttl.Ttl5m);
            })
            .Build();

        await using var session = await chat.StartAtlasSessionAsync("Where is order 1042?");
        await session.GetResponseAsync([new(ChatRole.System, "You help."), new(ChatRole.User, "Where is it?")], new ChatOptions { Instructions = "Be brief." });

        var sent = Assert.Single(server.Requests);
        var system = sent.Json.GetProperty("system").EnumerateArray().ToList();
        Assert.Equal(["Be brief.", "You help.", atlas.Playbook.Student!.Block], system.Select(block => block.GetProperty("text").GetString()));
        Assert.Equal([null, "ephemeral", null], system.Select(Mark));
        Assert.DoesNotContain("atlas.", sent.Body, StringComparison.Ordinal);
    }

    /// <summary>On the wire of both protocols: whatever the playbook says, the bytes before it are the same.</summary>
    [Theory]
    [InlineData(LlmProvider.OpenAI)]
    [InlineData(LlmProvider.Anthropic)]
    public async Task Changing_only_the_playbook_leaves_every_byte_before_it_and_the_same_one_gives_the_same_bytes(LlmProvider provider)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var server = await ScriptedServer.StartAsync(provider is LlmProvider.Anthropic ? Answers.Anthropic("Done.") : Answers.OpenAI("Done."));
        await using var factory = new ChatClientFactory(new ChatClientFactoryOptions { ReadVariable = name => name == "KEY" ? "none" : null });
        using var model = factory.Create(new LlmParameters
        {
            Provider = provider,
            Model = "any-model",
            ApiKeyEnv = "KEY",
            ApiBase = provider is LlmProvider.Anthropic ? server.Address.AbsoluteUri : server.OpenAIAddress,
        });
        string? before = null;
        for (var round = 0; round < 20; round++)
        {
            var playbook = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => "ab \n>\"{}é\u2028🚀#"[random.Next(13)])).Trim() + "x";
            var atlas = new FakeAtlas { Playbook = FakeAtlas.Resolved(playbook, version: round + 1, mode: InjectionMode.Suffix) };
            var chat = model.AsBuilder().UseAtlas(atlas, options => (options.CacheOnDisk, options.MarkBreakpoint) = (false, CacheBreakpoint.Mark)).Build();
            await using var session = await chat.StartAtlasSessionAsync("Where is order 1042?");
            for (var again = 0; again < 2; again++)
            {
                await session.GetResponseAsync([new(ChatRole.System, "You help."), new(ChatRole.User, "Where is it?")], new ChatOptions { Instructions = "Be brief." });
            }

            var (first, second) = (server.Requests[^2].Body, server.Requests[^1].Body);
            Assert.True(first == second, $"two calls with one playbook differ (seed {seed})");
            var start = first[..first.IndexOf("Student Playbook", StringComparison.Ordinal)];
            Assert.True(before is null || before == start, $"the bytes before the playbook differ (seed {seed}): {before} / {start}");
            Assert.True(start.Contains("You help.", StringComparison.Ordinal) && start.Contains("Be brief.", StringComparison.Ordinal), "the prompt does not come first");
            before = start;
        }
    }

    [Theory]
    [InlineData(LlmProvider.OpenAI)]
    [InlineData(LlmProvider.Anthropic)]
    public async Task As_prefix_the_playbook_is_the_first_that_the_model_is_sent(LlmProvider provider)
    {
        await using var server = await ScriptedServer.StartAsync(provider is LlmProvider.Anthropic ? Answers.Anthropic("Done.") : Answers.OpenAI("Done."));
        await using var factory = new ChatClientFactory(new ChatClientFactoryOptions { ReadVariable = name => name == "KEY" ? "none" : null });
        using var model = factory.Create(new LlmParameters
        {
            Provider = provider,
            Model = "any-model",
            ApiKeyEnv = "KEY",
            ApiBase = provider is LlmProvider.Anthropic ? server.Address.AbsoluteUri : server.OpenAIAddress,
        });
        var atlas = new FakeAtlas { Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Prefix) };
        var chat = model.AsBuilder().UseAtlas(atlas, options => options.CacheOnDisk = false).Build();

        await using var session = await chat.StartAtlasSessionAsync("Where is order 1042?");
        await session.GetResponseAsync([new(ChatRole.System, "You help."), new(ChatRole.User, "Where is it?")]);

        var (role, text) = Assert.Single(server.Requests).Messages[0];
        Assert.Equal("system", role);
        Assert.StartsWith(atlas.Playbook.Student!.Block, text, StringComparison.Ordinal);
    }

    private static string? Mark(JsonElement block) =>
        block.TryGetProperty("cache_control", out var mark) && mark.ValueKind == JsonValueKind.Object ? mark.GetProperty("type").GetString() : null;
}
