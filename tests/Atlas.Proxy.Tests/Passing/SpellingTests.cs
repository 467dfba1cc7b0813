using Atlas.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace Atlas.Proxy.Tests.Passing;

/// <summary>What an address is, however it is spelled. What is sent on keeps its spelling.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("openai/v1/chat/completions", "Chat")]
    [InlineData("openai/v1/chat/completions/", "Chat")]
    [InlineData("openai/v1/chat/completion%73", "Chat")]
    [InlineData("openai/v1/chat%2Fcompletions", "Chat")]
    [InlineData("openai/v1//chat///completions", "Chat")]
    [InlineData("openai/V1/Chat/Completions", "Chat")]
    [InlineData("openai/v1/chat/completions;a=b", "Chat")]
    [InlineData("openai/v1/chat/completions%20", "Chat")]
    [InlineData("openai/v1/chat%5Ccompletions", "Chat")]
    [InlineData("azure/openai/deployments/gpt/chat/completions?api-version=1", "Chat")]
    [InlineData("azure/openai/responses", "Responses")]
    [InlineData("azure/openai/v1/responses", "Responses")]
    [InlineData("local/responses", "Responses")]
    [InlineData("anthropic//v1/messages", "Messages")]
    [InlineData("gateway/anthropic/v1/messages", "Messages")]
    [InlineData("local/messages", "Messages")]
    [InlineData("anthropic/v1/messages/count_tokens", "CountTokens")]
    [InlineData("openai/v1/embedding%73", "Embeddings")]
    [InlineData("openai/v1/completions", "Completions")]
    [InlineData("openai/v1/completion%73/", "Completions")]
    [InlineData("azure/openai/deployments/gpt/completions?api-version=1", "Completions")]
    [InlineData("openai/v1/responses/compact", "Compaction")]
    [InlineData("openai/v1//responses/compact", "Compaction")]
    [InlineData("openai/v1/threads/thread_1/messages", "Other")]
    [InlineData("openai/v1/responses/resp_1/cancel", "Other")]
    [InlineData("openai/v1/files", "Other")]
    public void An_address_has_one_kind(string path, string kind)
    {
        var route = Read($"/proxy/{path}")!;
        Assert.Equal(kind, CallKinds.Of("POST", route.Segments).ToString());
        Assert.Equal(path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..], route.Path + route.Query);
        Assert.Equal(CallKind.Other, CallKinds.Of("GET", route.Segments));
    }

    [Theory]
    [InlineData("/proxy/openai/v1/a/../chat/completions")]
    [InlineData("/proxy/openai/v1/chat/completions%2F..%2Ffiles")]
    [InlineData("/proxy/openai/v1/x/..;/chat/completions")]
    public void An_address_that_climbs_is_refused(string target) => Assert.Null(Read(target));

    private static ProxyRoute? Read(string target)
    {
        var context = new DefaultHttpContext();
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        return ProxyRoute.Read(context, out _);
    }
}
