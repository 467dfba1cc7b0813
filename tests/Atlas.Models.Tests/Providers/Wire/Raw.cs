using System.Text;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>Answers byte for byte, and what becomes of them in both protocols, whole and in pieces.</summary>
internal static class Raw
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Func<HttpContext, Task> Body(string body, string type = "text/event-stream", int status = 200, string? encoding = null) =>
        Bytes(Encoding.UTF8.GetBytes(body), type, status, encoding);

    public static Func<HttpContext, Task> Bytes(byte[] body, string type = "text/event-stream", int status = 200, string? encoding = null) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        await context.Response.Body.WriteAsync(body);
    };

    /// <summary>Events of OpenAI's protocol: each an item of <c>choices</c>, or the data itself if it is no such thing.</summary>
    public static string Chunks(params string[] items) => string.Concat(items.Select(item => item.StartsWith("{\"delta", StringComparison.Ordinal)
        ? $"data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{item.Insert(1, "\"index\":0,")}]}}\n\n"
        : $"data: {item}\n\n"));

    /// <summary>Events of Anthropic's protocol, which name their type themselves.</summary>
    public static string Events(params string[] data) => string.Concat(data.Select(item =>
        $"event: {System.Text.Json.JsonElement.Parse(item).GetProperty("type").GetString()}\ndata: {item}\n\n"));

    public static async Task<ChatResponse> AskAsync(bool anthropic, bool stream, ChatOptions? options, params Func<HttpContext, Task>[] answers)
    {
        await using var server = await ScriptedServer.StartAsync(answers);
        return await AskAsync(server, anthropic, stream, options);
    }

    public static async Task<ChatResponse> AskAsync(ScriptedServer server, bool anthropic, bool stream, ChatOptions? options, int attempts = 1, IEnumerable<ChatMessage>? messages = null)
    {
        await using var factory = Factory();
        using var client = factory.Create(anthropic ? AnthropicAt(server, attempts) : OpenAIAt(server, attempts));
        return stream
            ? await client.GetStreamingResponseAsync(messages ?? Question, options, Ct).ToChatResponseAsync(Ct)
            : await client.GetResponseAsync(messages ?? Question, options, Ct);
    }

    public static async Task<ModelException> FailsAsync(bool anthropic, bool stream, ModelFailure failure, params Func<HttpContext, Task>[] answers)
    {
        var thrown = await Assert.ThrowsAsync<ModelException>(() => AskAsync(anthropic, stream, null, answers));
        Assert.True(thrown.Failure == failure, $"{thrown.Failure}: {thrown.Message}");
        return thrown;
    }

    public static FunctionCallContent[] CallsOf(ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
}
