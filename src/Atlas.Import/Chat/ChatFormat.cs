using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.Chat;

/// <summary>Chat as it is logged and kept for fine-tuning: <c>{messages}</c> in the form of OpenAI and Anthropic, or <c>{conversations}</c>
/// in the form of ShareGPT, with an optional <c>reward</c> from 0 to 1.</summary>
public sealed class ChatFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "chat";

    /// <inheritdoc/>
    public override string Title => "recorded chat";

    /// <inheritdoc/>
    public override string Summary => "Import recorded chat: messages as for fine-tuning (OpenAI, Anthropic, ShareGPT), one conversation per line.";

    /// <inheritdoc/>
    public override string Example => "chats.jsonl --key support/chat";

    internal override bool Fits(JsonElement record) =>
        ListOf(record) is { } list && record.GetProperty(list).EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
        && (first.TryGetProperty("role", out _) || first.TryGetProperty("from", out _))
        && !record.TryGetProperty("reward_info", out _) && !record.TryGetProperty("termination_reason", out _);

    internal override RecordedRun Read(SourceRecord record)
    {
        var list = ListOf(record.Element) ?? throw new RecordException("'messages' is missing. It must be a list of messages; in ShareGPT's format it is called 'conversations'.");
        var messages = ChatReader.ReadAll(record.Element.GetProperty(list), list);

        // Anthropic and some ShareGPT variants keep the instructions beside the messages.
        var system = ContentReader.Read(Fields.Optional(record.Element, "system"), "system").Text;
        if (!string.IsNullOrWhiteSpace(system))
        {
            messages.Insert(0, ChatMessage.Of("system", system));
        }

        return ConversationRun.Of(
            "chat", record, null, messages, Fields.OptionalScore(record.Element, "reward"),
            Fields.Label(record.Element, "task_id") ?? Id(record.Element));
    }

    // A conversation without an id is identified by its contents.
    private static string? Id(JsonElement record) =>
        Fields.OptionalText(record, "id") is { Length: > 0 and <= 64 } id && !id.Any(char.IsControl) ? id : null;

    private static string? ListOf(JsonElement record) =>
        ((string[])["messages", "conversations"]).FirstOrDefault(name => Fields.Optional(record, name).ValueKind == JsonValueKind.Array);
}
