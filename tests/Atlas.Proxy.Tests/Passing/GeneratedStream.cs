using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Atlas.Proxy.Tests.Passing;

/// <summary>A stream of one of the protocols as a vendor might send it: known events and unknown ones, pings, comments, odd line ends, odd
/// borders between the pieces, packed or not, and sometimes cut.</summary>
internal sealed class GeneratedStream
{
    private static readonly string[] Texts = ["Hello", " wörld", "\n", "\"quoted\"", "🙂", "", "a\\b", "data: not an event", "</s>", new string('x', 3000)];
    private static readonly string[] OpenAIEvents =
    [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done",
        "response.output_text.annotation.added", "response.reasoning_summary_text.delta", "response.function_call_arguments.delta", "response.function_call_arguments.done",
        "response.custom_tool_call_input.delta", "response.web_search_call.searching", "response.file_search_call.completed", "response.mcp_call.failed", "response.refusal.delta",
        "response.image_generation_call.partial_image", "response.code_interpreter_call_code.delta", "response.queued", "response.brand_new.thing",
    ];

    private readonly Random _random;

    public GeneratedStream(int seed)
    {
        _random = new Random(seed);
        Protocol = _random.Next(3);
        var text = new StringBuilder();
        var end = _random.Next(4) == 0 ? "\r\n" : "\n";
        for (var number = _random.Next(1, 40); number > 0; number--)
        {
            text.Append(Protocol switch { 0 => Chat(end), 1 => Responses(end, number), _ => Messages(end) });
            if (_random.Next(12) == 0)
            {
                text.Append(": keep-alive").Append(end).Append(end);
            }
        }

        text.Append(Protocol == 0 ? $"data: [DONE]{end}{end}" : "");
        var plain = Encoding.UTF8.GetBytes(text.ToString());
        IsPacked = _random.Next(3) == 0;
        var bytes = IsPacked ? Pack(plain) : plain;
        IsCut = _random.Next(5) == 0;
        Pieces = [.. Split(IsCut ? bytes[..Math.Max(1, bytes.Length * _random.Next(1, 100) / 100)] : bytes)];
    }

    /// <summary>0: chat completions, 1: responses, 2: messages.</summary>
    public int Protocol { get; }

    public bool IsPacked { get; }

    public bool IsCut { get; }

    public byte[][] Pieces { get; }

    public byte[] All => [.. Pieces.SelectMany(piece => piece)];

    private string Say() => Texts[_random.Next(Texts.Length)];

    private string Chat(string end) => Data(
        new { id = "chatcmpl-1", @object = "chat.completion.chunk", choices = _random.Next(6) == 0 ? [] : new[] { new { index = 0, delta = new { content = Say() } } }, usage = (object?)null }, end);

    private string Responses(string end, int number)
    {
        var type = OpenAIEvents[_random.Next(OpenAIEvents.Length)];
        return $"event: {type}{end}" + Data(new { type, sequence_number = number, delta = Say(), obfuscation = new string('o', _random.Next(16)) }, end);
    }

    private string Messages(string end) => _random.Next(8) switch
    {
        0 => Event("ping", new { type = "ping" }, end),
        1 => Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "tool_use", id = "toolu_1", name = "t", input = new { } } }, end),
        2 => Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "input_json_delta", partial_json = "{\"a\":" } }, end),
        3 => Event("content_block_delta", new { type = "content_block_delta", index = 1, delta = new { type = "thinking_delta", thinking = Say() } }, end),
        4 => Event("content_block_delta", new { type = "content_block_delta", index = 1, delta = new { type = "signature_delta", signature = "EqQBCgIYAhIM" + _random.Next() } }, end),
        5 => Event("overloaded_soon", new { type = "overloaded_soon", hint = Say() }, end),
        6 => Event("error", new { type = "error", error = new { type = "overloaded_error", message = "Overloaded" } }, end),
        _ => Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = Say() } }, end),
    };

    private string Event(string type, object data, string end) => $"event: {type}{end}" + Data(data, end);

    private string Data(object data, string end)
    {
        var json = JsonSerializer.Serialize(data);
        return _random.Next(20) == 0 ? $"data:{json[..(json.Length / 2)]}{end}{end}" : $"data: {json}{end}{end}";
    }

    private byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var piece in Split(plain))
            {
                zip.Write(piece);
                zip.Flush();
            }
        }

        return packed.ToArray();
    }

    private IEnumerable<byte[]> Split(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, _random.Next(5) == 0 ? 1 : _random.Next(1, 2000));
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}
