using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>An answer of OpenAI's chat completions, complete or as far as it has arrived. The vendor's package gets a version rewritten from
/// what was understood, so that nothing a server adds, omits or spells differently can break it.</summary>
internal sealed class ChatAnswer(Voice voice, CallNotes? notes)
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _refusal = new();
    private readonly ToolCallPieces _calls = new();
    private readonly JsonObject _extras = [];
    private string _id = "";
    private string _model = "";
    private string _word = "";
    private JsonObject? _usage;
    private bool _isCompletion;
    private bool _hasText;
    private bool _hasReasoning;
    private Finish? _finish;

    /// <summary>Gets a value indicating whether the server said that the answer is complete.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Records the mark that ends a stream.</summary>
    public void End() => HasEnded = true;

    /// <summary>Adds a chunk, or a whole answer.</summary>
    /// <returns>The added text as a chunk; an empty one if no text was added.</returns>
    /// <exception cref="ModelException">The chunk is an error.</exception>
    public string Add(JsonElement piece)
    {
        var choice = piece.Member("choices").Objects().FirstOrDefault();
        if (IsError(piece) || choice.Says("error"))
        {
            var reason = ProviderReason.Of(choice.Says("error") ? choice : piece);
            throw voice.Refusal(reason, reason.Status ?? 500, _content.Length > 0 || _hasReasoning ? "in the middle of its answer" : "in place of an answer");
        }

        _id = _id.Length > 0 ? _id : piece.Text("id");
        _model = _model.Length > 0 ? _model : piece.Text("model");
        _isCompletion |= piece.Member("choices").ValueKind != JsonValueKind.Undefined || piece.Says("usage");
        TakeUsage(piece, choice);
        var isWhole = choice.Member("message").ValueKind == JsonValueKind.Object;
        var said = isWhole ? choice.Member("message") : choice.Member("delta");
        var (content, reasoning) = ContentParts.Read(said);
        if (said.ValueKind != JsonValueKind.Object && choice.Text("text") is { Length: > 0 } plain)
        {
            content = plain;
        }

        _content.Append(content);
        _refusal.Append(said.Text("refusal"));
        _hasText |= !string.IsNullOrWhiteSpace(content);
        _hasReasoning |= reasoning.Length > 0;
        _calls.Add(said.Member("tool_calls"), isWhole);
        _calls.AddFunction(said.Member("function_call"));
        WireExtras.Add(said, _extras);
        if (FinishWords.Of(choice.Text("finish_reason")) is { } finish)
        {
            (_finish, _word, HasEnded) = (finish, choice.Text("finish_reason"), true);
        }

        return Chunk(Delta(content, reasoning), null);
    }

    /// <summary>Returns the chunks that end a stream: tool calls, finish reason and usage.</summary>
    /// <exception cref="ModelException">It is not a valid answer.</exception>
    public IEnumerable<string> LastChunks()
    {
        var calls = Finished();
        if (calls.Count > 0)
        {
            yield return Chunk(new JsonObject { ["tool_calls"] = calls }, null);
        }

        yield return Chunk([], FinishWord(calls.Count > 0));
        if (_usage is not null)
        {
            var cost = Head("chat.completion.chunk");
            cost["choices"] = new JsonArray();
            cost["usage"] = _usage;
            yield return Event(cost);
        }

        yield return "data: [DONE]\n\n";
    }

    /// <summary>Returns the answer as one JSON value.</summary>
    /// <param name="reasoning">The model's reasoning.</param>
    /// <exception cref="ModelException">It is not a valid answer.</exception>
    public JsonObject Whole(string reasoning)
    {
        var calls = Finished();
        var message = new JsonObject { ["role"] = "assistant", ["content"] = _content.Length > 0 || calls.Count == 0 ? _content.ToString() : null };
        if (reasoning.Length > 0)
        {
            message["reasoning_content"] = reasoning;
        }

        var finish = FinishWord(calls.Count > 0);
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        var answer = Head("chat.completion");
        answer["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish });
        if (_usage is not null)
        {
            answer["usage"] = _usage;
        }

        return answer;
    }

    private JsonArray Finished()
    {
        if (_refusal.ToString() is var refusal && !string.IsNullOrWhiteSpace(refusal))
        {
            throw voice.Failure(ModelFailure.Refused, "refused to answer", ProviderReason.Line(refusal));
        }

        if (_finish == Finish.Filtered)
        {
            throw voice.Failure(ModelFailure.Refused, $"gave no complete answer, because a filter stopped it (finish_reason {ProviderReason.Line(_word)})", ProviderReason.Line(_content.ToString()));
        }

        if (!HasEnded || _finish == Finish.Broken)
        {
            var how = _finish == Finish.Broken ? $"finish_reason {ProviderReason.Line(_word)}" : "no finish_reason and no [DONE] came";
            throw voice.Failure(ModelFailure.Incomplete, $"broke off in the middle of its answer ({how})", _hasText ? ProviderReason.Line(_content.ToString()) : "");
        }

        var calls = _calls.IsEmpty ? [] : _calls.Finish(voice, notes, _extras);
        if (!_hasText && calls.Count == 0)
        {
            throw _isCompletion
                ? Answers.Empty(voice, _finish == Finish.Length)
                : voice.Failure(ModelFailure.Unreadable, "answered with JSON that is not a chat completion");
        }

        return calls;
    }

    private string FinishWord(bool hasCalls) => _finish == Finish.Length ? "length" : hasCalls ? "tool_calls" : "stop";

    private static bool IsError(JsonElement piece) =>
        piece.Says("error")
        || piece.Text("object") == "error"
        || piece.Text("type") == "error"
        || (piece.Member("choices").ValueKind == JsonValueKind.Undefined && !piece.Says("usage") && (piece.Says("message") || piece.Says("detail") || piece.Says("errors")));

    private static JsonObject Delta(string content, string reasoning)
    {
        var delta = new JsonObject();
        if (content.Length > 0)
        {
            (delta["role"], delta["content"]) = ("assistant", content);
        }

        if (reasoning.Length > 0)
        {
            delta["reasoning_content"] = reasoning;
        }

        return delta;
    }

    private string Chunk(JsonObject delta, string? finish)
    {
        var chunk = Head("chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
        return Event(chunk);
    }

    private JsonObject Head(string kind) => new()
    {
        ["id"] = _id.Length > 0 ? _id : "chatcmpl",
        ["object"] = kind,
        ["created"] = 0,
        ["model"] = _model,
    };

    private static string Event(JsonObject data) => $"data: {data.ToJsonString()}\n\n";

    // The last one counts: some servers send the usage so far with every chunk.
    private void TakeUsage(JsonElement piece, JsonElement choice)
    {
        foreach (var place in (JsonElement[])[piece, piece.Member("x_groq"), choice])
        {
            if (UsageJson.OfOpenAI(place.Member("usage")) is { } usage)
            {
                _usage = usage;
                return;
            }
        }
    }
}
