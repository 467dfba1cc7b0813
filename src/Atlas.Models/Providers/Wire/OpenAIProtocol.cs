using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads answers of OpenAI's chat completions, streamed or whole, whichever was requested and whichever arrived.</summary>
internal static class OpenAIProtocol
{
    /// <summary>Converts the answer to the requested form.</summary>
    /// <exception cref="ModelException">It is not a valid answer. If a stream starts well and fails later, reading it throws.</exception>
    public static async Task ReadAsync(HttpResponseMessage response, Voice voice, bool streams, CancellationToken ct)
    {
        var original = response.Content;
        var notes = CallNotes.Current;
        var body = await AnswerBody.ReadAsync(response, voice, streams, ct).ConfigureAwait(false);
        if (streams)
        {
            var stream = new EventStream(stop => ChunksAsync(Pieces(body, voice, stop), new ChatAnswer(voice, notes), stop), original);
            response.Content = AnswerContent.Of(stream);
            await stream.BeginAsync(ct).ConfigureAwait(false);
            return;
        }

        var answer = new ChatAnswer(voice, notes);
        var reasoning = new StringBuilder();
        await foreach (var piece in Pieces(body, voice, ct).ConfigureAwait(false))
        {
            if (piece is { } json)
            {
                answer.Add(json);
                var choice = json.Member("choices").Objects().FirstOrDefault();
                reasoning.Append(ContentParts.Read(choice.Member("message").ValueKind == JsonValueKind.Object ? choice.Member("message") : choice.Member("delta")).Reasoning);
            }
            else
            {
                answer.End();
            }
        }

        response.Content = AnswerContent.Of(answer.Whole(reasoning.ToString()).ToJsonString());
        original.Dispose();
    }

    /// <summary>Returns the chunks of an answer; null for the mark that ends it.</summary>
    private static async IAsyncEnumerable<JsonElement?> Pieces(AnswerBody body, Voice voice, [EnumeratorCancellation] CancellationToken ct)
    {
        if (body.Events is null)
        {
            yield return body.Json.ValueKind == JsonValueKind.Array && body.Json.GetArrayLength() > 0 ? body.Json[0] : body.Json;
            yield return null;
            yield break;
        }

        await foreach (var (type, data) in ServerEvents.ReadAsync(body.Events, ct).ConfigureAwait(false))
        {
            if (data.Trim() == "[DONE]")
            {
                yield return null;
                yield break;
            }

            if (Parse(data) is not { } piece)
            {
                var reason = ProviderReason.Of(data);
                throw type == "error" ? voice.Refusal(reason, 500, "in place of a piece of its answer")
                    : voice.Failure(ModelFailure.Unreadable, "sent a piece of its answer that is not JSON", reason.Text);
            }

            if (type == "error" && !piece.Says("error"))
            {
                var reason = ProviderReason.Of(piece);
                throw voice.Refusal(reason, reason.Status ?? 500, "in place of a piece of its answer");
            }

            yield return piece;
        }
    }

    private static async IAsyncEnumerable<string> ChunksAsync(IAsyncEnumerable<JsonElement?> pieces, ChatAnswer answer, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var piece in pieces.WithCancellation(ct).ConfigureAwait(false))
        {
            if (piece is { } json)
            {
                yield return answer.Add(json);
            }
            else
            {
                answer.End();
            }
        }

        foreach (var chunk in answer.LastChunks())
        {
            yield return chunk;
        }
    }

    private static JsonElement? Parse(string data)
    {
        try
        {
            return SafeJson.Whole(JsonElement.Parse(data));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
