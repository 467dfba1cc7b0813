using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads answers of Anthropic's messages protocol, streamed or whole, whichever was requested and whichever arrived.</summary>
internal static class AnthropicProtocol
{
    /// <summary>Converts the answer to the requested form.</summary>
    /// <exception cref="ModelException">It is not a valid answer. If a stream starts well and fails later, reading it throws.</exception>
    public static async Task ReadAsync(HttpResponseMessage response, Voice voice, bool streams, CancellationToken ct)
    {
        var original = response.Content;
        var body = await AnswerBody.ReadAsync(response, voice, streams, ct).ConfigureAwait(false);
        if (streams)
        {
            var stream = new EventStream(stop => TextsAsync(EventsAsync(body, voice, stop), stop), original);
            response.Content = AnswerContent.Of(stream);
            await stream.BeginAsync(ct).ConfigureAwait(false);
            return;
        }

        var message = new WholeMessage();
        await foreach (var one in EventsAsync(body, voice, ct).ConfigureAwait(false))
        {
            message.Add(one);
        }

        response.Content = AnswerContent.Of(message.ToJson());
        original.Dispose();
    }

    private static async IAsyncEnumerable<JsonObject> EventsAsync(AnswerBody body, Voice voice, [EnumeratorCancellation] CancellationToken ct)
    {
        var answer = new MessageAnswer(voice);
        await foreach (var (type, data) in SourceAsync(body, voice, ct).ConfigureAwait(false))
        {
            foreach (var one in answer.Add(type, data))
            {
                yield return one;
            }
        }

        foreach (var one in answer.LastEvents())
        {
            yield return one;
        }
    }

    private static async IAsyncEnumerable<(string Type, JsonElement Data)> SourceAsync(AnswerBody body, Voice voice, [EnumeratorCancellation] CancellationToken ct)
    {
        if (body.Events is null)
        {
            foreach (var one in WholeMessage.EventsOf(body.Json, voice))
            {
                yield return one;
            }

            yield break;
        }

        await foreach (var (type, data) in ServerEvents.ReadAsync(body.Events, ct).ConfigureAwait(false))
        {
            JsonElement json;
            try
            {
                json = SafeJson.Whole(JsonElement.Parse(data));
            }
            catch (JsonException)
            {
                if (data.Trim() == "[DONE]")
                {
                    continue;
                }

                var reason = ProviderReason.Of(data);
                throw type == "error" ? voice.Refusal(reason, 500, "in place of a piece of its answer")
                    : voice.Failure(ModelFailure.Unreadable, "sent a piece of its answer that is not JSON", reason.Text);
            }

            yield return (json.Text("type") is { Length: > 0 } own ? own : type, json);
        }
    }

    private static async IAsyncEnumerable<string> TextsAsync(IAsyncEnumerable<JsonObject> events, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in events.WithCancellation(ct).ConfigureAwait(false))
        {
            yield return $"event: {one["type"]}\ndata: {one.ToJsonString()}\n\n";
        }
    }
}
