using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Recording;

namespace Atlas.Proxy.Sessions;

/// <summary>A conversation that passes through the proxy, with the playbook that all of its calls get.</summary>
internal sealed class ProxySession
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private TaskCompletionSource? _quiet;
    private int _running;
    private int _passed;
    private int _ending;
    private Task _lastHandedOver = Task.CompletedTask;
    private long _usedAt;

    /// <param name="name">Its name; null for a session that consists of one call.</param>
    /// <param name="caller">The caller it belongs to.</param>
    /// <param name="owner">Tenant and name of the API key.</param>
    /// <param name="playbook">The playbook it gets.</param>
    /// <param name="lack">What is missing compared with normal operation, as a header reports it; null for nothing.</param>
    /// <param name="time">The clock.</param>
    public ProxySession(SessionName? name, Caller caller, string owner, ResolvedPlaybook playbook, string? lack, TimeProvider time)
    {
        (Name, Caller, Owner, Playbook, Lack, _time) = (name, caller, owner, playbook, lack, time);
        _usedAt = time.GetTimestamp();
        Block = playbook is { ApplyToPrompts: true, Student.Block: { Length: > 0 } text }
            ? new InjectedBlock(text, playbook.Arm?.Settings?.InjectionMode ?? playbook.InjectionMode)
            : null;
    }

    public SessionName? Name { get; }

    public Caller Caller { get; }

    public string Owner { get; }

    public ResolvedPlaybook Playbook { get; }

    public string? Lack { get; }

    public InjectedBlock? Block { get; }

    /// <summary>Gets the records; null if it is not recorded.</summary>
    public SessionRecords? Records { get; private set; }

    public long? SessionId => Records?.SessionId;

    /// <summary>Gets or sets a value indicating whether the last answer asked nothing more of the client, so the work may be
    /// done.</summary>
    public bool EndedWell { get; set; }

    /// <summary>Gets how long the session has been silent; zero while a call is in progress.</summary>
    public TimeSpan Idle
    {
        get
        {
            lock (_lock)
            {
                return _running > 0 ? TimeSpan.Zero : _time.GetElapsedTime(_usedAt);
            }
        }
    }

    /// <summary>Gets the clues that lead to this session. Only <see cref="SessionClues"/> uses them.</summary>
    public Queue<string> Clues { get; } = new();

    /// <summary>Gets or sets a value indicating whether the session was forgotten here, so that no more clues lead to it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Gets the number of calls in progress.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    public void Record(SessionRecords records) => Records = records;

    /// <summary>Marks the session as being ended.</summary>
    /// <returns>False if somebody is already ending it.</returns>
    public bool TryBeginEnding() => Interlocked.Exchange(ref _ending, 1) == 0;

    /// <summary>Notes that the attempt to end it is over, successful or not.</summary>
    public void StopEnding() => Volatile.Write(ref _ending, 0);

    /// <summary>Notes that a call begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _running++;
            _usedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Gets a value indicating whether an answer has passed whose copy is still being read.</summary>
    public bool IsBeingRead => Volatile.Read(ref _passed) > 0;

    /// <summary>Notes that the answer of a call has passed.</summary>
    /// <returns>A task that completes when the calls before it are handed to the recorder, and a source to complete when this one is, which
    /// keeps them in order.</returns>
    public (Task Before, TaskCompletionSource HandedOver) Pass()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _passed);
            var (before, own) = (_lastHandedOver, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _lastHandedOver = own.Task;
            return (before, own);
        }
    }

    /// <summary>Notes that a call is over, and recorded as far as possible.</summary>
    public void End()
    {
        lock (_lock)
        {
            Interlocked.Decrement(ref _passed);
            _usedAt = _time.GetTimestamp();
            if (--_running == 0)
            {
                _quiet?.TrySetResult();
                _quiet = null;
            }
        }
    }

    /// <summary>Returns a task that completes when no call is in progress.</summary>
    public Task QuietAsync()
    {
        lock (_lock)
        {
            return _running == 0
                ? Task.CompletedTask
                : (_quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
