using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Client.Chat;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Sessions;
using Atlas.Identity.Calls;
using Atlas.Learning.Redaction;
using Atlas.Learning.Usage;
using Atlas.Proxy.Outcomes;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>The records of a session's calls on their way into the cluster, taken by one thread at a time.</summary>
internal sealed partial class SessionRecords
{
    private const string Role = "student";
    private const int MostWaiting = 10_000;

    /// <summary>The estimated size of a call besides its bytes.</summary>
    private const int Overhead = 4096;

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    /// <summary>How often usage is stored: it is rewritten each time.</summary>
    private static readonly TimeSpan UsageAge = TimeSpan.FromSeconds(10);

    private readonly Caller _caller;
    private readonly UsageTracker _tracker;
    private readonly Backend _backend;
    private readonly ResponseIds _responses;
    private readonly TicketOffice? _tickets;
    private readonly TimeProvider _time;
    private readonly EventQueue _events;
    private readonly SessionRecorder _recorder;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _ofCall = [];
    private readonly HeardTurns _heard = new();
    private readonly AnswerIds _answers = new();
    private readonly ResolvedPlaybook _playbook;
    private readonly string _task;
    private readonly SessionOpening _opening;
    private readonly Outage _outage;
    private readonly OutageMemory _memory;
    private long _held;
    private DateTimeOffset? _calledAt;
    private long _cached;
    private int _usage;
    private int _storedUsage;
    private long _usageStoredAt;
    private volatile TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SessionRecords(
        SessionOpening opening, ResolvedPlaybook playbook, string task, Caller caller, UsageTracker tracker, Backend backend, EventNumbers numbers, ResponseIds responses,
        Outage outage, OutageMemory memory, TicketOffice? tickets, TimeProvider time, ILogger log)
    {
        (_opening, _task, _caller, _tracker, _backend, _responses, _tickets, _time) = (opening, task, caller, tracker, backend, responses, tickets, time);
        (_playbook, _outage, _memory) = (playbook, outage, memory);
        var numbered = new NumberedEvents(
            count => numbers.TakeAsync(SessionId!.Value, count, operation: null),
            (first, events) => Grain.Append(first, [.. events]));
        _events = new EventQueue(batch => StoreAsync(numbered, batch), GoesOnAsync, SessionId ?? 0, MostWaiting, log);
        _recorder = new SessionRecorder(Role, tracker, _ofCall.AddRange, time);
        _recorder.Hear(task);
    }

    /// <summary>The session's number; null while the cluster is away.</summary>
    public long? SessionId => _opening.SessionId;

    /// <summary>Whether something waits here for the end of an outage.</summary>
    public bool IsHeld => Interlocked.Read(ref _held) > 0;

    /// <summary>The status to end with once that is possible; null for none.</summary>
    public SessionStatus? Owed { get; private set; }

    /// <summary>The number of recorded calls.</summary>
    public int Calls { get; private set; }

    /// <summary>What is known so far; null before the end of the first call.</summary>
    public RecordedSoFar? SoFar => _calledAt is { } at ? new RecordedSoFar(FinalAnswer, Failure is not null, at) { Metadata = Metadata(SessionStatus.Succeeded) } : null;

    /// <summary>The text of the last answer.</summary>
    public string? FinalAnswer { get; private set; }

    /// <summary>What went wrong with the last call; null if nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether somebody has ended the session, so the cluster accepts no more.</summary>
    public bool HasEnded { get; private set; }

    private ISessionGrain Grain => _backend.Session(SessionId!.Value);

    /// <summary>Records a completed call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="readsAll">Whether all messages are needed; otherwise those that the records know already are left out.</param>
    /// <returns>The messages that were sent.</returns>
    public IReadOnlyList<ChatMessage> Take(RecordedCall call, bool readsAll)
    {
        if (!HasRoomFor(call))
        {
            ProxyTelemetry.Unrecorded.Add(1, new KeyValuePair<string, object?>("reason", "outage_memory"));
            return [];
        }

        var messages = RequestMessages.Read(call.Body, call.Kind, readsAll ? null : _heard.Repeats);
        var answer = call.Copy.Answer;
        foreach (var text in messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text).Where(text => !string.IsNullOrWhiteSpace(text) && _said.Add(text)))
        {
            _ofCall.Add(CallEvents.User(text, _time));
        }

        Expect(messages);
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
            _answers.Add(id);
        }

        Interlocked.Increment(ref _usage);
        Owed = null;
        Calls++;
        _calledAt = _time.GetUtcNow();
        _ofCall.Add(CallEvents.Call(call, _time));

        // The events of a call are stored together, so one that cannot be stored never parts them.
        _events.Add(_ofCall);
        _ofCall.Clear();
        return messages;
    }

    /// <summary>Returns whether one of its newest answers has this id.</summary>
    public bool HasAnswer(string id) => _answers.Contains(id);

    /// <summary>Discards what could not be stored.</summary>
    public void Drop() => _memory.GiveBack(Interlocked.Exchange(ref _held, 0));

    /// <summary>Stores what is pending now.</summary>
    /// <returns>Whether all of it is stored.</returns>
    public async Task<bool> DrainAsync()
    {
        _hurry.TrySetResult();
        if (await _events.DrainAsync().ConfigureAwait(false) > 0)
        {
            return false;
        }

        if (SessionId is not null && !HasEnded)
        {
            try
            {
                await StoreUsageAsync(hasFailed: false).ConfigureAwait(false);
            }
            catch (AtlasRefusedException)
            {
                HasEnded = true;
            }
            catch (Exception)
            {
                // The cluster is away; this is retried, as events are.
                return false;
            }
        }

        return true;
    }

    /// <summary>Stores what is pending before the session ends.</summary>
    /// <returns>Whether it can end now; if not, the status is remembered.</returns>
    public async Task<bool> PrepareEndAsync(SessionStatus status)
    {
        Owed = status;
        return await DrainAsync().ConfigureAwait(false) && !HasEnded && SessionId is not null;
    }

    /// <summary>Ends the session.</summary>
    /// <param name="status">How it ends.</param>
    /// <param name="reward">Its reward; null if there is none.</param>
    public async Task CompleteAsync(SessionStatus status, SessionReward? reward)
    {
        _recorder.Close();
        Interlocked.Increment(ref _usage);
        try
        {
            await StoreUsageAsync(status is SessionStatus.Failed).ConfigureAwait(false);
            Speak();
            await Grain.Complete(new CompleteSession(status, FinalAnswer, reward, Metadata: Metadata(status))).ConfigureAwait(false);
            HasEnded = true;
        }
        catch (AtlasRefusedException)
        {
            // Somebody else ended it first.
            HasEnded = true;
        }
    }

    /// <summary>Describes the session for a webhook.</summary>
    public EndedSession Describe(SessionStatus status, Redactor redactor) => new(
        "session.ended",
        SessionId!.Value,
        _caller.Show(_playbook.LearningKey),
        _caller.Tenant,
        status,
        redactor.Redact(_task),
        FinalAnswer is { } answer ? redactor.Redact(answer) : null,
        Failure is { } failure ? redactor.Redact(failure) : null,
        _playbook.Version,
        _answers.Newest(),
        Tokens());

    private async Task StoreAsync(NumberedEvents numbered, IReadOnlyList<JsonElement> batch)
    {
        Speak();
        await _opening.DemandAsync().ConfigureAwait(false);
        await numbered.AppendAsync(batch).ConfigureAwait(false);
        if (_time.GetElapsedTime(_usageStoredAt) > UsageAge)
        {
            await UsageWithEventsAsync().ConfigureAwait(false);
        }

        Drop();

        if (_answers.Unnoted() is { IsEmpty: false } ids)
        {
            await _responses.NoteAsync(_caller, SessionId!.Value, [.. ids.Distinct(StringComparer.Ordinal)]).ConfigureAwait(false);
            _answers.Noted(ids.Length);
        }

        numbered.Confirm(batch.Count);
        if (numbered.IsInPieces)
        {
            return;
        }

        // The wait batches what the next calls record, so a busy session costs the database no more than a quiet one. It varies, because
        // sessions that began together would otherwise store at the same moments and make the calls of those moments wait.
        var hurry = _hurry;
        await Task.WhenAny(Task.Delay(Gathering * (0.5 + Random.Shared.NextDouble()), _time), hurry.Task).ConfigureAwait(false);
        if (hurry.Task.IsCompleted)
        {
            _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Bounds the memory of all sessions while nothing can be stored.</summary>
    private bool HasRoomFor(RecordedCall call)
    {
        if (SessionId is not null && !_outage.IsAway)
        {
            return true;
        }

        var size = call.Body.Length + call.Copy.Bytes + Overhead;
        if (!_memory.TryTake(size))
        {
            return false;
        }

        Interlocked.Add(ref _held, size);
        return true;
    }

    private async Task StoreUsageAsync(bool hasFailed)
    {
        var usage = Volatile.Read(ref _usage);
        if (usage == _storedUsage)
        {
            return;
        }

        _tracker.RecordOutcome(new UsageOutcome { TokenUsage = Tokens(), TaskIdentifier = _task, Failed = hasFailed });
        if (_tracker.Snapshot() is { } snapshot)
        {
            Speak();
            await Grain.RecordUsage(snapshot).ConfigureAwait(false);
        }

        (_storedUsage, _usageStoredAt) = (usage, _time.GetTimestamp());
    }

    private void Speak() => _tickets?.SpeakFor(_caller.Name, _caller.Permissions);
}
