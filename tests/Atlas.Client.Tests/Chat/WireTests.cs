using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Atlas.Client.Tests.Harness;
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
        var atlas = new FakeAtlas { Playbook = FakeAtlas.Resolved("Look up first.", mode: "suffix") };
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

    private static string? Mark(JsonElement block) =>
        block.TryGetProperty("cache_control", out var mark) && mark.ValueKind == JsonValueKind.Object ? mark.GetProperty("type").GetString() : null;
}
