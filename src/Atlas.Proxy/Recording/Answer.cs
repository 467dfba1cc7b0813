using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>A model's answer, put together from a copy of the bytes, whole or as far as they came.</summary>
internal abstract class Answer
{
    private const int LongestText = 4 << 20;

    private readonly StringBuilder _text = new();
    private long _length;

    public string? Id { get; protected set; }

    public string? Model { get; protected set; }

    public string? StopReason { get; protected set; }

    /// <summary>Gets the kind of error that the upstream reports; null for none.</summary>
    public string? Error { get; protected set; }

    public long? InputTokens { get; protected set; }

    public long? OutputTokens { get; protected set; }

    /// <summary>Gets the number of input tokens that were read from the vendor's cache.</summary>
    public long? CachedTokens { get; protected set; }

    /// <summary>Gets the number of input tokens that were written to the vendor's cache.</summary>
    public long? CacheWriteTokens { get; protected set; }

    /// <summary>Gets a value indicating whether the answer is complete.</summary>
    public bool IsWhole { get; protected set; }

    /// <summary>Gets the number of events that could not be read.</summary>
    public int Unreadable { get; private set; }

    public string Text => _text.ToString();

    /// <summary>Gets the number of characters that the model wrote: text, reasoning and arguments of tools, of all choices.</summary>
    public long Length => _length;

    /// <summary>Gets a value indicating whether the upstream works on after this answer, so what it will use is not known.</summary>
    public bool GoesOn { get; protected set; }

    protected SortedList<int, Call> Calls { get; } = [];

    /// <summary>Gets a value indicating whether nothing more is asked of the client, such as the result of a tool.</summary>
    public bool IsFinal => IsWhole && Error is null && Calls.Count == 0;

    /// <summary>Adds an event of a stream.</summary>
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

    /// <summary>Adds an answer that is not a stream.</summary>
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
        Count(text);
        if (text is not null && _text.Length < LongestText)
        {
            _text.Append(text);
        }
    }

    /// <summary>Counts what the model wrote besides its text.</summary>
    protected void Count(string? written) => _length += written?.Length ?? 0;

    protected void ForgetText()
    {
        _text.Clear();
        _length = 0;
    }

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

    /// <summary>A tool call.</summary>
    protected sealed class Call
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
