using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Import.Events;

namespace Atlas.Import.Conversations;

/// <summary>Converts a conversation to trajectory events.</summary>
/// <remarks>A workflow encloses everything. Each assistant message becomes one <c>LLM_END</c> of the student, each call with its answer a
/// <c>TOOL_START</c> and a <c>TOOL_END</c> of one span. The user's messages and, once, the instructions become workflow events.</remarks>
internal static class ConversationEvents
{
    // Serializers stop at 64 levels, and the event adds some of its own.
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 48 };

    public static ImmutableArray<JsonElement> Write(string externalId, string task, List<ChatMessage> messages)
    {
        var log = new EventLog(externalId);
        var open = new List<(ChatCall Call, Guid Span)>();
        var workflow = log.Add("WORKFLOW_START", "orchestration", "system", "task", new { Task = Capped.Text(task, Capped.Message) }, null);
        var instructed = false;
        string? answer = null;
        foreach (var message in messages)
        {
            switch (message.Role)
            {
                case "system" when !instructed:
                    instructed = true;
                    log.Add("WORKFLOW_END", "instructions", "system", "task", null, Capped.Text(message.Content ?? "", Capped.SystemPrompt));
                    break;
                case "user":
                    log.Add("WORKFLOW_END", "user_message", "user", "task", null, Capped.Text(message.Content ?? "", Capped.Message));
                    Open(log, open, message);
                    break;
                case "assistant":
                    Say(log, message);
                    Open(log, open, message);
                    answer = string.IsNullOrWhiteSpace(message.Content) ? answer : message.Content;
                    break;
                case "tool":
                    Answer(log, open, message);
                    break;
            }
        }

        log.Add("WORKFLOW_END", "orchestration", "system", "task", null, answer is null ? null : Capped.Text(answer, Capped.Message), workflow);
        return log.Events;
    }

    private static void Open(EventLog log, List<(ChatCall Call, Guid Span)> open, ChatMessage message) =>
        open.AddRange(message.Calls.Select(call =>
            (call, log.Add("TOOL_START", call.Name, Actor(message), "tool", Arguments(call.Arguments), null))));

    private static string Actor(ChatMessage message) => message.IsOfUser ? "user" : "student";

    private static void Say(EventLog log, ChatMessage message) =>
        log.Add("LLM_END", "student", "student", "llm", null, new
        {
            Role = message.Role,
            Content = message.Content is null ? null : Capped.Text(message.Content, Capped.Message),
            ToolCalls = message.Calls.Select(call => new { call.Id, call.Name }),
        });

    private static void Answer(EventLog log, List<(ChatCall Call, Guid Span)> open, ChatMessage message)
    {
        var at = open.FindIndex(pair => message.CallId is not null && pair.Call.Id == message.CallId);
        if (at < 0)
        {
            // Older recordings have no call ids; the answer belongs to the first open call of that tool.
            at = open.FindIndex(pair => message.Tool is null || pair.Call.Name == message.Tool);
        }

        var (name, span) = at < 0 ? (message.Tool ?? "tool", (Guid?)null) : (open[at].Call.Name, open[at].Span);
        if (at >= 0)
        {
            open.RemoveAt(at);
        }

        log.Add("TOOL_END", name, Actor(message), "tool", null, Capped.Text(message.Content ?? "", Capped.ToolOutput), span);
    }

    /// <summary>Returns the arguments as an object if they are one, and neither too long nor nested too deeply; otherwise as text.</summary>
    private static object Arguments(string arguments)
    {
        if (arguments.Length <= Capped.Message)
        {
            try
            {
                using var document = JsonDocument.Parse(arguments, Shallow);
                return SafeJson.Whole(document.RootElement.Clone());
            }
            catch (JsonException)
            {
                // Models do write arguments that are not JSON; the recording shows what they wrote.
            }
        }

        return Capped.Text(arguments, Capped.Message);
    }
}
