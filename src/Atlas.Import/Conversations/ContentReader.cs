using System.Text;
using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.Conversations;

/// <summary>The content of a message.</summary>
/// <param name="Text">Its text, with a placeholder for each image, sound and file; null if there is none.</param>
/// <param name="Calls">The tool calls in the content.</param>
/// <param name="Answers">The tool results in the content.</param>
internal sealed record MessageContent(string? Text, IReadOnlyList<ChatCall> Calls, IReadOnlyList<ChatMessage> Answers);

/// <summary>Reads a message's content: a text, or a list of parts.</summary>
internal static class ContentReader
{
    public static MessageContent Read(JsonElement content, string path) => content.ValueKind switch
    {
        JsonValueKind.String => new MessageContent(content.GetString(), [], []),
        JsonValueKind.Null or JsonValueKind.Undefined => new MessageContent(null, [], []),
        JsonValueKind.Array => Parts(content, path),
        JsonValueKind.Object when content.TryGetProperty("type", out _) || content.TryGetProperty("text", out _) => Parts([content], path),
        _ => throw new RecordException($"'{path}' must be a text, a list of parts or null; it is {Fields.Describe(content.ValueKind)}."),
    };

    private static MessageContent Parts(JsonElement parts, string path) => Parts([.. parts.EnumerateArray()], path);

    private static MessageContent Parts(IReadOnlyList<JsonElement> parts, string path)
    {
        var text = new StringBuilder();
        List<ChatCall> calls = [];
        List<ChatMessage> answers = [];
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            var at = $"{path}[{index}]";
            switch (Kind(part, at))
            {
                case "tool_use" or "tool_call" or "function_call":
                    calls.Add(CallReader.Call(part, at));
                    break;
                case "tool_result" or "tool_call_response" or "function_call_output":
                    answers.Add(Answer(part, at));
                    break;
                case "thinking" or "redacted_thinking" or "reasoning":
                    break; // What a model thought is not what it said.
                case var kind:
                    Append(text, Words(part, kind, at));
                    break;
            }
        }

        return new MessageContent(text.Length == 0 && (calls.Count > 0 || answers.Count > 0) ? null : text.ToString(), calls, answers);
    }

    private static string Kind(JsonElement part, string at) => part.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Null => "text",
        JsonValueKind.Object => Fields.OptionalText(part, "type") ?? "text",
        _ => throw new RecordException($"'{at}' must be a part: an object with a type, or a text; it is {Fields.Describe(part.ValueKind)}."),
    };

    private static string Words(JsonElement part, string kind, string at) => part.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => part.GetString()!,
        _ when (Fields.OptionalText(part, "text") ?? Fields.OptionalText(part, "content") ?? Fields.OptionalText(part, "refusal")) is { } text => text,
        _ => kind switch
        {
            "image_url" or "image" or "input_image" or "image_file" => "[image]",
            "input_audio" or "audio" or "audio_url" => "[audio]",
            "video" or "video_url" => "[video]",
            "file" or "input_file" or "document" => "[file]",
            "text" or "input_text" or "output_text" => throw new RecordException($"'{at}.text' is missing."),
            _ => "[another kind of content]",
        },
    };

    private static ChatMessage Answer(JsonElement part, string at)
    {
        var said = Fields.Optional(part, "content") is { ValueKind: not JsonValueKind.Undefined } content ? content
            : Fields.Optional(part, "response") is { ValueKind: not JsonValueKind.Undefined } response ? response
            : Fields.Optional(part, "result") is { ValueKind: not JsonValueKind.Undefined } result ? result
            : Fields.Optional(part, "output");
        var text = said.ValueKind is JsonValueKind.Array ? Parts(said, at).Text ?? ValueText.Of(said) : CallReader.Text(said);
        return ChatMessage.Answer(
            text, Fields.OptionalText(part, "tool_use_id") ?? Fields.OptionalText(part, "id") ?? Fields.OptionalText(part, "call_id"), Fields.OptionalText(part, "name"));
    }

    private static void Append(StringBuilder text, string words)
    {
        if (words.Length > 0)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(words);
        }
    }
}
