using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.TauBench;

/// <summary>A call of a tool.</summary>
/// <param name="Id">Binds the answer to the call; null if the record has none.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">A JSON text, as the model wrote it.</param>
internal sealed record TauBenchCall(string? Id, string Name, string Arguments);

/// <summary>One chat message, with the fields that are read of it and no others.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">The text; null if there is none.</param>
/// <param name="Calls">The tools that an assistant's message calls.</param>
/// <param name="CallId">Of a tool's message, the call that it answers.</param>
/// <param name="Tool">Of a tool's message, the tool.</param>
internal sealed record TauBenchMessage(string Role, string? Content, IReadOnlyList<TauBenchCall> Calls, string? CallId, string? Tool)
{
    public bool IsStudent => Role == "assistant";

    public static List<TauBenchMessage> ReadAll(JsonElement traj)
    {
        var messages = new List<TauBenchMessage>();
        foreach (var item in traj.EnumerateArray())
        {
            messages.Add(Read(item, $"traj[{messages.Count}]"));
        }

        return messages.Exists(message => message.IsStudent)
            ? messages
            : throw new RecordException("'traj' has no message of the assistant.");
    }

    private static TauBenchMessage Read(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"'{path}' must be an object; it is {Fields.Describe(item.ValueKind)}.");
        }

        var role = Fields.RequiredText(item, "role", $"{path}.role");
        if (role is not ("system" or "user" or "assistant" or "tool"))
        {
            throw new RecordException($"'{path}.role' must be system, user, assistant or tool.");
        }

        var content = Fields.Optional(item, "content");
        if (content.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            throw new RecordException($"'{path}.content' must be a text or null; it is {Fields.Describe(content.ValueKind)}.");
        }

        return new(
            role,
            content.ValueKind == JsonValueKind.String ? content.GetString() : null,
            role == "assistant" ? ReadCalls(item, path) : [],
            Fields.OptionalText(item, "tool_call_id"),
            role == "tool" ? Fields.OptionalText(item, "name") : null);
    }

    private static List<TauBenchCall> ReadCalls(JsonElement message, string path)
    {
        var source = Fields.Optional(message, "tool_calls");
        if (source.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        if (source.ValueKind != JsonValueKind.Array)
        {
            throw new RecordException($"'{path}.tool_calls' must be a list; it is {Fields.Describe(source.ValueKind)}.");
        }

        var calls = new List<TauBenchCall>();
        foreach (var call in source.EnumerateArray())
        {
            var at = $"{path}.tool_calls[{calls.Count}]";
            var function = Fields.Required(call, "function", $"{at}.function", JsonValueKind.Object);
            var arguments = Fields.Optional(function, "arguments");
            calls.Add(new(
                Fields.OptionalText(call, "id"),
                Fields.RequiredText(function, "name", $"{at}.function.name"),
                arguments.ValueKind switch
                {
                    JsonValueKind.String => arguments.GetString()!,
                    JsonValueKind.Object => JsonSerializer.Serialize(arguments),
                    _ => "{}",
                }));
        }

        return calls;
    }
}
