using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.Conversations;

/// <summary>Reads messages in the forms of the providers' protocols and the tools around them.</summary>
internal static class ChatReader
{
    private const string Roles = "system, developer, user, assistant or tool";

    /// <summary>Reads a list of messages.</summary>
    /// <param name="list">The list.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <exception cref="RecordException">A message is malformed, or none is the assistant's.</exception>
    public static List<ChatMessage> ReadAll(JsonElement list, string path)
    {
        var messages = new List<ChatMessage>();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            Read(item, $"{path}[{index++}]", messages);
        }

        return messages.Exists(message => message.IsStudent)
            ? messages
            : throw new RecordException($"'{path}' has no assistant message.");
    }

    private static void Read(JsonElement item, string path, List<ChatMessage> messages)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"'{path}' must be an object; it is {Fields.Describe(item.ValueKind)}.");
        }

        // ShareGPT says from and value where everybody else says role and content.
        var (roleName, contentName) = item.TryGetProperty("role", out _) || !item.TryGetProperty("from", out _) ? ("role", "content") : ("from", "value");
        var role = Role(Fields.RequiredText(item, roleName, $"{path}.{roleName}"))
            ?? throw new RecordException($"'{path}.{roleName}' must be {Roles}.");
        var content = ContentReader.Read(Fields.Optional(item, contentName), $"{path}.{contentName}");
        var isOfUser = Fields.OptionalText(item, "requestor") == "user";
        if (role == "tool")
        {
            messages.Add(ChatMessage.Answer(
                content.Text ?? content.Answers.FirstOrDefault()?.Content, Fields.OptionalText(item, "tool_call_id") ?? OwnId(item), Fields.OptionalText(item, "name")) with
                { IsOfUser = isOfUser });
            return;
        }

        // Anthropic puts tool results into a user message, before what the user says.
        messages.AddRange(content.Answers);
        var calls = CallReader.Read(item, path, content.Calls);
        if (content.Answers.Count == 0 || content.Text is not null || calls.Count > 0)
        {
            messages.Add(new ChatMessage(role, content.Text ?? Refusal(item), role is "assistant" or "user" ? calls : [], null, null)
            {
                IsOfUser = role == "user" && calls.Count > 0,
            });
        }

        messages.AddRange(CallReader.Results(item));
    }

    private static string? Role(string role) => role.ToLowerInvariant() switch
    {
        "system" or "developer" => "system",
        "user" or "human" => "user",
        "assistant" or "gpt" or "model" or "ai" or "bot" or "chatgpt" => "assistant",
        "tool" or "function" or "observation" or "function_response" or "ipython" => "tool",
        "function_call" => "assistant",
        _ => null,
    };

    // tau2 identifies the answered call by the id of the tool's message.
    private static string? OwnId(JsonElement item) => Fields.OptionalText(item, "id");

    private static string? Refusal(JsonElement item) => Fields.OptionalText(item, "refusal");
}
