using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>What a model answered, put together from a copy of the bytes, whole or as far as they came.</summary>
internal abstract class Answer
{
    private const int LongestText = 4 << 20;

    private readonly StringBuilder _text = new();

    public string? Id { get; protected set; }

    public string? Model { get; protected set; }

    public string? StopReason { get; protected set; }

    /// <summary>What the upstream says went wrong: its kind of error; null if nothing.</summary>
    public string? Error { get; protected set; }

    public long? InputTokens { get; protected set; }

    public long? OutputTokens { get; protected set; }

    /// <summary>Of the tokens sent, those that were read from the vendor's cache.</summary>
    public long? CachedTokens { get; protected set; }

    /// <summary>Of the tokens sent, those that were written into it.</summary>
    public long? CacheWriteTokens { get; protected set; }

    /// <summary>Whether it came to its end.</summary>
    public bool IsWhole { get; protected set; }

    /// <summary>Events that could not be read.</summary>
    public int Unreadable { get; private set; }

    public string Text => _text.ToString();

    public int TextLength => _text.Length;

    protected SortedList<int, Call> Calls { get; } = [];

    /// <summary>Whether nothing more is asked of the client: a tool's result, say.</summary>
    public bool IsFinal => IsWhole && Error is null && Calls.Count == 0;

    /// <summary>Takes in one event of a stream.</summary>
    public void Take(string type, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8))
        {
            IsWhole |= !data.IsEmpty;
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 512 });
            using var read = JsonDocument.ParseValue(ref reader);
            if (read.RootElement.ValueKind is JsonValueKind.Object)
            {
                TakeEvent(type, read.RootElement);
            }
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or FormatException)
        {
            Unreadable++;
        }
    }

    /// <summary>Takes in an answer that came at once.</summary>
    public void TakeWhole(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var read = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 });
            if (read.RootElement.ValueKind is JsonValueKind.Object)
            {
                TakeError(read.RootElement);
                TakeAll(read.RootElement);
            }
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or FormatException)
        {
            Unreadable++;
        }
    }

    public ChatMessage Message() => new(
        ChatRole.Assistant,
        [
            .. _text.Length > 0 ? [new TextContent(Text)] : Array.Empty<AIContent>(),
            .. Calls.Values.Where(call => call.Name.Length > 0).Select(call => new FunctionCallContent(call.Id, call.Name, RequestMessages.Arguments(call.Arguments.ToString()))),
        ]);

    public ChatResponse Response() => new(Message())
    {
        ResponseId = Id,
        ModelId = Model,
        Usage = InputTokens is null && OutputTokens is null ? null : new UsageDetails
        {
            InputTokenCount = InputTokens,
            OutputTokenCount = OutputTokens,
            TotalTokenCount = (InputTokens ?? 0) + (OutputTokens ?? 0),
        },
    };

    protected abstract void TakeEvent(string type, JsonElement happened);

    protected abstract void TakeAll(JsonElement body);

    protected void Say(string? text)
    {
        if (text is not null && _text.Length < LongestText)
        {
            _text.Append(text);
        }
    }

    protected void ForgetText() => _text.Clear();

    protected Call CallAt(int index)
    {
        if (!Calls.TryGetValue(index, out var call))
        {
            Calls[index] = call = new Call();
        }

        return call;
    }

    protected void TakeError(JsonElement body)
    {
        if (body.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object)
        {
            Error = RequestMessages.Text(error, "code") ?? RequestMessages.Text(error, "type") ?? "error";
        }
    }

    protected static long? Number(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;
    }

    protected static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object)
            : [];

    /// <summary>A call of a tool.</summary>
    protected sealed class Call
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
