using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Models.Messages;
using Atlas.Client.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

/// <summary>What a provider's own package makes of a request that a playbook was written into.</summary>
public sealed class WireTests
{
    private const string Answer = """
        {"id": "m1", "type": "message", "role": "assistant", "model": "claude-test", "content": [{"type": "text", "text": "Done."}],
         "stop_reason": "end_turn", "stop_sequence": null, "usage": {"input_tokens": 9, "output_tokens": 1}}
        """;

    [Fact]
    public async Task Anthropic_is_sent_the_cache_mark_on_the_last_block_before_the_playbook()
    {
        await using var server = await ModelServer.StartAsync(Answer);
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

        var body = Assert.Single(server.Requests);
        var system = body["system"]!.AsArray();
        Assert.Equal(["Be brief.", "You help.", atlas.Playbook.Student!.Block], system.Select(block => block!["text"]!.GetValue<string>()));
        Assert.Equal([null, "ephemeral", null], system.Select(block => (string?)block!["cache_control"]?["type"]));
        Assert.DoesNotContain("atlas.", body.ToJsonString(), StringComparison.Ordinal);
    }
}
