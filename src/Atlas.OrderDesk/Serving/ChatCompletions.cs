using System.Globalization;
using System.Text.Json.Nodes;
using Atlas.Models.Providers;
using Atlas.OrderDesk.Script;
using Microsoft.AspNetCore.Http;

namespace Atlas.OrderDesk.Serving;

/// <summary>Serves the scripted models through OpenAI's chat completions, with or without streaming.</summary>
internal sealed class ChatCompletions(DeskModels models, DeskOptions options)
{
    private int _count;

    public async Task AnswerAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellation).ConfigureAwait(false);
        var model = (string?)request?["model"] ?? "";
        await options.BeforeAnswer(model, cancellation).ConfigureAwait(false);
        if (request is null || models.Answer(request) is not { } answer)
        {
            await SendAsync(context, StatusCodes.Status404NotFound, new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = $"There is no model '{model}'; there are {string.Join(", ", DeskModels.Names)}.",
                    ["type"] = "invalid_request_error",
                },
            }).ConfigureAwait(false);
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"desk-{Interlocked.Increment(ref _count)}");
        var usage = Usage(request, answer);
        if ((bool?)request["stream"] == true)
        {
            await StreamAsync(context, id, model, answer, usage).ConfigureAwait(false);
            return;
        }

        await SendAsync(context, StatusCodes.Status200OK, Frame("chat.completion", id, model, new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = answer.Tool is null ? "stop" : "tool_calls",
            ["message"] = Message(id, answer),
        }, usage)).ConfigureAwait(false);
    }

    private static Task SendAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context, string id, string model, DeskAnswer answer, JsonObject usage)
    {
        context.Response.ContentType = "text/event-stream";
        var cancellation = context.RequestAborted;
        foreach (var delta in Deltas(id, answer))
        {
            await SendPartAsync(Choice(delta, null), null).ConfigureAwait(false);
        }

        await SendPartAsync(Choice([], answer.Tool is null ? "stop" : "tool_calls"), null).ConfigureAwait(false);
        await SendPartAsync(null, usage).ConfigureAwait(false);
        await context.Response.WriteAsync("data: [DONE]\n\n", cancellation).ConfigureAwait(false);

        Task SendPartAsync(JsonObject? choice, JsonObject? used) => context.Response.WriteAsync(
            $"data: {Frame("chat.completion.chunk", id, model, choice, used).ToJsonString()}\n\n", cancellation);

        static JsonObject Choice(JsonObject delta, string? reason) =>
            new() { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason };
    }

    // Word by word, as models do.
    private static IEnumerable<JsonObject> Deltas(string id, DeskAnswer answer)
    {
        if (answer.Tool is not null)
        {
            yield return Message(id, answer);
            yield break;
        }

        var words = answer.Text.Split(' ');
        for (var at = 0; at < words.Length; at++)
        {
            yield return new JsonObject { ["role"] = "assistant", ["content"] = at == words.Length - 1 ? words[at] : words[at] + " " };
        }
    }

    private static JsonObject Message(string id, DeskAnswer answer) => answer.Tool is null
        ? new JsonObject { ["role"] = "assistant", ["content"] = answer.Text }
        : new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["tool_calls"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["id"] = $"call-{id}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = answer.Tool, ["arguments"] = answer.Arguments!.ToJsonString() },
            }),
        };

    private static JsonObject Frame(string kind, string id, string model, JsonObject? choice, JsonObject? usage) => new()
    {
        ["id"] = id,
        ["object"] = kind,
        ["created"] = 0,
        ["model"] = model,
        ["choices"] = choice is null ? new JsonArray() : new JsonArray(choice),
        ["usage"] = usage,
    };

    private static JsonObject Usage(JsonNode request, DeskAnswer answer)
    {
        var sent = (request["messages"] as JsonArray ?? []).OfType<JsonObject>().Sum(message => TokenCounter.Count(DeskTurn.ContentOf(message)))
            + (request["tools"] is { } tools ? TokenCounter.Count(tools.ToJsonString()) : 0);
        var received = TokenCounter.Count(answer.Text.Length > 0 ? answer.Text : answer.Arguments!.ToJsonString());
        return new JsonObject { ["prompt_tokens"] = sent, ["completion_tokens"] = received, ["total_tokens"] = sent + received };
    }
}
