using System.Text.Json;
using Atlas.Learning.Injection;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Derives events, cue hits and adoptions from the messages of one session.</summary>
/// <remarks>It can be placed inside or outside the client that calls the tools: each call and each result counts once, whether it arrives in
/// a response or in the history of the next request. The same applies to each text of the user, however often it is sent.</remarks>
public sealed class SessionRecorder(string role, UsageTracker tracker, Action<IEnumerable<JsonElement>> store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _heard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _openCalls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _tokens = new(StringComparer.Ordinal);

    /// <summary>Gets the tokens by kind and the number of calls, as far as the provider reports them.</summary>
    public IReadOnlyDictionary<string, double> Tokens
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, double>(_tokens, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Records a text given to the role: the task, or a message of the user.</summary>
    public void Hear(string text)
    {
        // The playbook's own words do not fire cues.
        var own = EchoGuard.Remove(text);
        lock (_lock)
        {
            if (!_heard.Add(own))
            {
                return;
            }
        }

        tracker.Detect(role, own);
    }

    /// <summary>Records the messages sent to the model.</summary>
    public void Hear(IReadOnlyList<ChatMessage> messages)
    {
        foreach (var message in messages.Where(message => message.Role == ChatRole.User))
        {
            Hear(message.Text);
        }

        // Providers that restart their call ids in each response repeat ids. The last result is the one for the open call.
        var results = messages.SelectMany(message => message.Contents.OfType<FunctionResultContent>()).ToList();
        if (results.Count > 0)
        {
            lock (_lock)
            {
                Store(results.GroupBy(result => result.CallId, StringComparer.Ordinal).Select(same => EndCall(same.Last())));
            }
        }
    }

    /// <summary>Records the answers of the model and of tools that were called on the way.</summary>
    public void Said(ChatResponse response)
    {
        lock (_lock)
        {
            Store(response.Messages.SelectMany(EventsOf));
            Count("calls", 1);
            Count("prompt_tokens", response.Usage?.InputTokenCount);
            Count("completion_tokens", response.Usage?.OutputTokenCount);
            Count("total_tokens", response.Usage?.TotalTokenCount);
        }
    }

    /// <summary>Waits for the result of a call that was recorded elsewhere.</summary>
    /// <param name="callId">The provider's id of the call.</param>
    /// <param name="tool">The name of the tool.</param>
    public void Expect(string callId, string tool)
    {
        lock (_lock)
        {
            _openCalls.TryAdd(callId, tool);
        }
    }

    /// <summary>Counts calls that were never answered as failed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            foreach (var tool in _openCalls.Values)
            {
                tracker.RecordAdoption(role, tool, success: false);
            }

            _openCalls.Clear();
        }
    }

    private IEnumerable<JsonElement?> EventsOf(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant && !string.IsNullOrWhiteSpace(message.Text))
        {
            yield return TrajectoryEvent.Message(message.Text, role, time);
        }

        foreach (var content in message.Contents)
        {
            if (content is FunctionCallContent call)
            {
                _openCalls[call.CallId] = call.Name;
                yield return TrajectoryEvent.ToolCall(call.Name, ToolOutcome.ToJson(call.Arguments), time, role);
            }
            else if (content is FunctionResultContent result)
            {
                yield return EndCall(result);
            }
        }
    }

    private JsonElement? EndCall(FunctionResultContent result)
    {
        if (!_openCalls.Remove(result.CallId, out var tool))
        {
            return null;
        }

        var output = ToolOutcome.ToJson(result.Result);
        tracker.RecordAdoption(role, tool, ToolOutcome.IsSuccess(result, output));
        return TrajectoryEvent.ToolResult(tool, output, time, role);
    }

    private void Store(IEnumerable<JsonElement?> events)
    {
        var made = events.OfType<JsonElement>().ToArray();
        if (made.Length > 0)
        {
            store(made);
        }
    }

    private void Count(string kind, long? tokens)
    {
        if (tokens is { } number)
        {
            _tokens[kind] = _tokens.GetValueOrDefault(kind) + number;
        }
    }
}
