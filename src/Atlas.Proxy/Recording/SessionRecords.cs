using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client.Chat;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Sessions;
using Atlas.Identity.Calls;
using Atlas.Learning.Usage;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>What one session's calls have said, on its way into the cluster. One thread at a time records.</summary>
internal sealed class SessionRecords
{
    private const string Role = "student";
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private readonly Caller _caller;
    private readonly UsageTracker _tracker;
    private readonly Backend _backend;
    private readonly ResponseIds _responses;
    private readonly TicketOffice? _tickets;
    private readonly TimeProvider _time;
    private readonly EventQueue _events;
    private readonly SessionRecorder _recorder;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _answers = new();
    private readonly string _task;
    private long _cached;
    private bool _isUsageStored = true;
    private volatile TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SessionRecords(
        SessionStarted started, string task, Caller caller, UsageTracker tracker, Backend backend, EventNumbers numbers, ResponseIds responses,
        TicketOffice? tickets, TimeProvider time, ILogger log)
    {
        (SessionId, _task, _caller, _tracker, _backend, _responses, _tickets, _time) = (started.SessionId, task, caller, tracker, backend, responses, tickets, time);
        var numbered = new NumberedEvents(
            count => numbers.TakeAsync(SessionId, count, operation: null),
            (first, events) => Grain.Append(first, [.. events]));
        _events = new EventQueue(batch => StoreAsync(numbered, batch), SessionId, MostWaiting, log);
        _recorder = new SessionRecorder(Role, tracker, _events.Add, time);
        _recorder.Hear(task);
    }

    public long SessionId { get; }

    /// <summary>The last answer's text.</summary>
    public string? FinalAnswer { get; private set; }

    /// <summary>What went wrong with the last call; null if nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the cluster takes no more for this session: somebody has ended it.</summary>
    public bool HasEnded { get; private set; }

    private ISessionGrain Grain => _backend.Session(SessionId);

    /// <summary>Takes in a call that is over.</summary>
    /// <returns>What was sent, read.</returns>
    public IReadOnlyList<ChatMessage> Take(RecordedCall call)
    {
        List<ChatMessage> messages;
        try
        {
            messages = RequestMessages.Read(call.Body, call.Kind);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            messages = [];
        }

        var answer = call.Copy.Answer;
        foreach (var text in messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text).Where(text => !string.IsNullOrWhiteSpace(text) && _said.Add(text)))
        {
            _events.Add([CallEvents.User(text, _time)]);
        }

        _recorder.Hear(messages);
        if (call.Status is >= 200 and < 300)
        {
            _recorder.Said(answer.Response());
        }

        FinalAnswer = answer.Text.Length > 0 ? answer.Text : FinalAnswer;
        Failure = call.Failure ?? answer.Error ?? (call.Status is >= 200 and < 300 ? null : $"status {call.Status}");
        _cached += answer.CachedTokens ?? 0;
        if (answer.Id is { } id && ResponseIds.Fits(id))
        {
            _answers.Enqueue(id);
        }

        _isUsageStored = false;
        _events.Add([CallEvents.Call(call, _time)]);
        return messages;
    }

    /// <summary>Stores what waits, now.</summary>
    /// <returns>Whether all of it is stored.</returns>
    public async Task<bool> DrainAsync()
    {
        _hurry.TrySetResult();
        return await _events.DrainAsync().ConfigureAwait(false) == 0;
    }

    /// <summary>Ends the session, of which nothing more is to be expected.</summary>
    public async Task CompleteAsync(SessionStatus status)
    {
        if (!await DrainAsync().ConfigureAwait(false) || HasEnded)
        {
            return;
        }

        _recorder.Close();
        _isUsageStored = false;
        try
        {
            await StoreUsageAsync(status is SessionStatus.Failed).ConfigureAwait(false);
            Speak();
            await Grain.Complete(new CompleteSession(status, FinalAnswer, Metadata: Metadata(status))).ConfigureAwait(false);
            HasEnded = true;
        }
        catch (AtlasRefusedException)
        {
            // Somebody else was faster.
            HasEnded = true;
        }
    }

    private async Task StoreAsync(NumberedEvents numbered, IReadOnlyList<JsonElement> batch)
    {
        Speak();
        try
        {
            await numbered.AppendAsync(batch).ConfigureAwait(false);
            await StoreUsageAsync(hasFailed: false).ConfigureAwait(false);
        }
        catch (AtlasRefusedException)
        {
            HasEnded = true;
            throw;
        }

        ImmutableArray<string> ids = [.. _answers.Distinct(StringComparer.Ordinal)];
        if (!ids.IsEmpty)
        {
            await _responses.NoteAsync(_caller, SessionId, ids).ConfigureAwait(false);
            for (var noted = 0; noted < ids.Length; noted++)
            {
                _answers.TryDequeue(out _);
            }
        }

        // What the next calls say meanwhile goes together: a busy session costs the database no more than a quiet one.
        var hurry = _hurry;
        await Task.WhenAny(Task.Delay(Gathering, _time), hurry.Task).ConfigureAwait(false);
        if (hurry.Task.IsCompleted)
        {
            _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task StoreUsageAsync(bool hasFailed)
    {
        if (_isUsageStored)
        {
            return;
        }

        _isUsageStored = true;
        _tracker.RecordOutcome(new UsageOutcome { TokenUsage = Tokens(), TaskIdentifier = _task, Failed = hasFailed });
        if (_tracker.Snapshot() is { } usage)
        {
            Speak();
            await Grain.RecordUsage(usage).ConfigureAwait(false);
        }
    }

    private Dictionary<string, double> Tokens() => new(_recorder.Tokens, StringComparer.Ordinal) { ["cached_prompt_tokens"] = _cached };

    private JsonElement Metadata(SessionStatus status)
    {
        var metadata = new JsonObject
        {
            ["token_usage"] = new JsonObject(Tokens().Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Key, kind.Value))),
        };
        if (status is SessionStatus.Failed)
        {
            metadata["error"] = Failure;
        }

        return JsonSerializer.SerializeToElement(metadata);
    }

    private void Speak() => _tickets?.SpeakFor(_caller.Name, _caller.Permissions);
}
