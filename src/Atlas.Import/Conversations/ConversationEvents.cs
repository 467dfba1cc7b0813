using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Import.Events;

namespace Atlas.Import.Conversations;

/// <summary>Writes a conversation as trajectory events.</summary>
/// <remarks>A workflow around the whole; one <c>LLM_END</c> of the student per assistant message; <c>TOOL_START</c> and
/// <c>TOOL_END</c> of one span per call and answer; workflow events for the user's messages and, once, for the instructions.</remarks>
internal static class ConversationEvents
{
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
            // Older recordings have no call ids: the first open call of that tool is the one.
            at = open.FindIndex(pair => message.Tool is null || pair.Call.Name == message.Tool);
        }

        var (name, span) = at < 0 ? (message.Tool ?? "tool", (Guid?)null) : (open[at].Call.Name, open[at].Span);
        if (at >= 0)
        {
            open.RemoveAt(at);
        }

        log.Add("TOOL_END", name, Actor(message), "tool", null, Capped.Text(message.Content ?? "", Capped.ToolOutput), span);
    }

    /// <summary>The arguments as an object where they are one and not too long; else as text.</summary>
    private static object Arguments(string arguments)
    {
        if (arguments.Length <= Capped.Message)
        {
            try
            {
                using var document = JsonDocument.Parse(arguments);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // Models do write arguments that are no JSON; the recording shows what they wrote.
            }
        }

        return Capped.Text(arguments, Capped.Message);
    }
}
