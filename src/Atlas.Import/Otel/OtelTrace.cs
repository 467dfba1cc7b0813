using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Events;
using Atlas.Import.Json;

namespace Atlas.Import.Otel;

/// <summary>Combines the spans of a trace into the conversation that they are pieces of.</summary>
/// <remarks>Every model call repeats what was said before; each message is used once. Agent spans repeat what their model spans say, so
/// they are read only if the model spans say nothing.</remarks>
internal static class OtelTrace
{
    public static RecordedRun Read(string traceId, IEnumerable<OtelSpan> spans, int index)
    {
        var ordered = spans.OrderBy(span => span.StartedAt).ToList();
        var messages = Conversation(ordered.Where(span => !IsAgent(span)));
        if (!messages.Exists(message => message.IsStudent && message.Content is not null))
        {
            messages = Conversation(ordered);
        }

        if (!messages.Exists(message => message.IsStudent))
        {
            throw new RecordException(
                $"Trace {traceId[..Math.Min(32, traceId.Length)]} has no messages: message content was not recorded. Enable it in the instrumentation, for example with OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true.");
        }

        var (score, judge) = Reward(ordered);
        var run = ConversationRun.Of("otel", new SourceRecord(default, default, index, ""), null, messages, score, traceId);
        var first = ordered[0];
        return run with
        {
            // Once the trace was not part of the identity, so two traces that said the same were one run.
            FormerId = ConversationRun.Identity("otel", run.Task, messages, score),
            Judge = judge,
            Metadata = JsonSerializer.SerializeToElement(
                new
                {
                    Import = new
                    {
                        Format = "otel",
                        TraceId = traceId,
                        Agent = ordered.Select(span => span.Attributes.Text("gen_ai.agent.name")).FirstOrDefault(name => name is not null),
                        Model = ordered.Select(span => span.Attributes.Text("gen_ai.response.model", "gen_ai.request.model")).FirstOrDefault(name => name is not null),
                    },
                },
                AtlasJson.Options),
            Status = ordered.Exists(span => span is { IsRoot: true, HasFailed: true }) ? SessionStatus.Failed : SessionStatus.Succeeded,
            StartedAt = first.StartedAt is > 0 and < long.MaxValue ? DateTimeOffset.UnixEpoch.AddTicks((long)(first.StartedAt / 100)) : null,
        };
    }

    private static bool IsAgent(OtelSpan span) => span.Operation is "invoke_agent" or "create_agent" or "invoke_workflow";

    private static List<ChatMessage> Conversation(IEnumerable<OtelSpan> spans)
    {
        var conversation = new List<ChatMessage>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            var said = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var message in span.Operation == "execute_tool" ? ToolUse(span, conversation) : OtelMessages.Of(span))
            {
                var text = DeterministicId.Hash(message.Role, message.Content ?? "", string.Join('\n', message.Calls.Select(call => $"{call.Name} {call.Id} {call.Arguments}")), message.CallId ?? "");
                said[text] = said.GetValueOrDefault(text) + 1;
                var isNew = said[text] > taken.GetValueOrDefault(text) && (message.CallId is null || answered.Add(message.CallId));
                if (isNew)
                {
                    taken[text] = said[text];
                    conversation.Add(message);
                }
            }
        }

        return conversation;
    }

    private static IEnumerable<ChatMessage> ToolUse(OtelSpan span, List<ChatMessage> conversation)
    {
        var attributes = span.Attributes;
        var name = attributes.Text("gen_ai.tool.name") ?? span.Name.Split(' ')[^1];
        var id = attributes.Text("gen_ai.tool.call.id");
        var isKnown = conversation.SelectMany(message => message.Calls).Any(call => id is null ? call.Name == name : call.Id == id);
        if (!isKnown && name.Length > 0)
        {
            yield return new ChatMessage("assistant", null, [new ChatCall(id, name, attributes.Text("gen_ai.tool.call.arguments", "gen_ai.tool.arguments") ?? "{}")], null, null);
        }

        if (attributes.Text("gen_ai.tool.call.result", "gen_ai.tool.result", "gen_ai.tool.message") is { } result)
        {
            yield return ChatMessage.Answer(result, id, name);
        }
    }

    // The verdict that is already in the trace, from 0 to 1; other scales are not accepted.
    private static (double? Score, string? Judge) Reward(IEnumerable<OtelSpan> spans)
    {
        var verdicts = spans.SelectMany(span => span.Events.Where(item => item.Name == "gen_ai.evaluation.result").Select(item => item.Attributes).Append(span.Attributes))
            .Select(attributes => (Score: attributes.Number("gen_ai.evaluation.score.value"), Judge: attributes.Text("gen_ai.evaluation.name")))
            .Where(verdict => verdict.Score is >= 0 and <= 1);
        return verdicts.LastOrDefault() is { Score: { } score, Judge: var judge } ? (score, judge is { Length: <= 64 } ? judge : "evaluation") : (null, null);
    }
}
