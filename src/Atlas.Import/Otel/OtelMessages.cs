using System.Globalization;
using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.Otel;

/// <summary>Reads the input and output of a model, in each of the forms that instrumentations use.</summary>
internal static class OtelMessages
{
    /// <summary>Returns the messages of a span, the input first.</summary>
    public static List<ChatMessage> Of(OtelSpan span)
    {
        var messages = new List<ChatMessage>();
        foreach (var attributes in span.Events.Where(item => item.Name.EndsWith("operation.details", StringComparison.Ordinal))
                     .Select(item => item.Attributes).Prepend(span.Attributes))
        {
            AddSystem(attributes.Json("gen_ai.system_instructions"), messages);
            Add(attributes.Json("gen_ai.input.messages"), messages, "user");
            Add(attributes.Json("gen_ai.output.messages"), messages, "assistant");
        }

        AddNumbered(span.Attributes, "gen_ai.prompt.", "user", messages);
        Add(span.Attributes.Json("gen_ai.prompt"), messages, "user");
        AddEvents(span, messages);
        AddNumbered(span.Attributes, "gen_ai.completion.", "assistant", messages);
        Add(span.Attributes.Json("gen_ai.completion"), messages, "assistant");
        return messages;
    }

    private static void AddSystem(JsonElement instructions, List<ChatMessage> messages)
    {
        if (instructions.ValueKind is JsonValueKind.Array && ContentReader.Read(instructions, "gen_ai.system_instructions").Text is { Length: > 0 } text)
        {
            messages.Add(ChatMessage.Of("system", text));
        }
    }

    /// <summary>Adds messages in the form of the current conventions (a role with parts) or of the providers (a role with
    /// content).</summary>
    private static void Add(JsonElement list, List<ChatMessage> messages, string role)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            Add(item, Fields.OptionalText(item, "role") ?? role, messages);
        }
    }

    private static void Add(JsonElement item, string role, List<ChatMessage> messages)
    {
        var parts = Fields.Optional(item, "parts");
        var content = ContentReader.Read(parts.ValueKind == JsonValueKind.Array ? parts : Fields.Optional(item, "content"), "content");
        messages.AddRange(content.Answers);
        if (role == "tool" && content.Answers.Count == 0)
        {
            messages.Add(ChatMessage.Answer(content.Text, Fields.OptionalText(item, "tool_call_id") ?? Fields.OptionalText(item, "id"), Fields.OptionalText(item, "name")));
        }
        else if (role != "tool")
        {
            var calls = CallReader.Read(item, "message", content.Calls);
            if (!string.IsNullOrEmpty(content.Text) || calls.Count > 0)
            {
                messages.Add(new ChatMessage(role is "system" or "developer" ? "system" : role is "assistant" or "model" ? "assistant" : "user", content.Text, calls, null, null));
            }
        }
    }

    private static void AddEvents(OtelSpan span, List<ChatMessage> messages)
    {
        foreach (var (name, attributes) in span.Events)
        {
            switch (name)
            {
                case "gen_ai.system.message" or "gen_ai.user.message" or "gen_ai.assistant.message" or "gen_ai.tool.message":
                    var role = name.Split('.')[1];
                    AddFlat(attributes, attributes.Text("role") is "system" or "user" or "assistant" or "tool" ? attributes.Text("role")! : role, messages);
                    break;
                case "gen_ai.choice":
                    var message = attributes.Json("message", "gen_ai.event.content");
                    if (message.ValueKind == JsonValueKind.Object)
                    {
                        Add(message.TryGetProperty("message", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : message, "assistant", messages);
                    }
                    else
                    {
                        AddFlat(attributes, "assistant", messages);
                    }

                    break;
                case "gen_ai.content.prompt":
                    Add(attributes.Json("gen_ai.prompt"), messages, "user");
                    break;
                case "gen_ai.content.completion":
                    Add(attributes.Json("gen_ai.completion"), messages, "assistant");
                    break;
            }
        }
    }

    private static void AddFlat(OtelAttributes attributes, string role, List<ChatMessage> messages)
    {
        var body = attributes.Json("gen_ai.event.content");
        if (body.ValueKind == JsonValueKind.Object)
        {
            Add(body, role, messages);
            return;
        }

        var content = attributes.Text("content", "gen_ai.event.content");
        var calls = attributes.Json("tool_calls") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select((call, index) => CallReader.Call(call, string.Create(CultureInfo.InvariantCulture, $"tool_calls[{index}]"))).ToList()
            : [];
        if (role == "tool")
        {
            messages.Add(ChatMessage.Answer(content, attributes.Text("id", "tool_call_id"), attributes.Text("name")));
        }
        else if (!string.IsNullOrEmpty(content) || calls.Count > 0)
        {
            messages.Add(new ChatMessage(role, content, calls, null, null));
        }
    }

    /// <summary>Adds messages in the form of <c>gen_ai.prompt.0.role</c> and <c>gen_ai.prompt.0.content</c>.</summary>
    private static void AddNumbered(OtelAttributes attributes, string prefix, string role, List<ChatMessage> messages)
    {
        for (var index = 0; ; index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}.");
            if (!attributes.Names.Any(name => name.StartsWith(at, StringComparison.Ordinal)))
            {
                return;
            }

            var calls = new List<ChatCall>();
            while (attributes.Text($"{at}tool_calls.{calls.Count}.name") is { } tool)
            {
                calls.Add(new ChatCall(attributes.Text($"{at}tool_calls.{calls.Count}.id"), tool, attributes.Text($"{at}tool_calls.{calls.Count}.arguments") ?? "{}"));
            }

            var said = attributes.Text($"{at}role") ?? role;
            var content = attributes.Text($"{at}content");
            if (said == "tool")
            {
                messages.Add(ChatMessage.Answer(content, attributes.Text($"{at}tool_call_id"), null));
            }
            else if (!string.IsNullOrEmpty(content) || calls.Count > 0)
            {
                messages.Add(new ChatMessage(said is "system" or "assistant" ? said : "user", content, calls, null, null));
            }
        }
    }
}
