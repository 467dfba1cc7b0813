using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Recording;

namespace Atlas.Proxy.Sessions;

/// <summary>A conversation that passes, with the playbook that all of its calls get.</summary>
internal sealed class ProxySession
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private TaskCompletionSource? _quiet;
    private int _running;
    private int _passed;
    private long _usedAt;

    /// <param name="name">What it is known by; null for one that is one call.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="owner">Tenant and name of the API key.</param>
    /// <param name="playbook">What it is given.</param>
    /// <param name="lack">What is missing of what Atlas does otherwise, as a header tells it; null for nothing.</param>
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

    /// <summary>The records; null if it is not recorded.</summary>
    public SessionRecords? Records { get; private set; }

    public long? SessionId => Records?.SessionId;

    /// <summary>Whether the last answer asked nothing more of the client, so that the work may be done.</summary>
    public bool EndedWell { get; set; }

    /// <summary>How long nothing was heard of it; zero while a call is on its way.</summary>
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

    public void Record(SessionRecords records) => Records = records;

    /// <summary>A call begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _running++;
            _usedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Whether the answer of a call has passed, and is not yet known here.</summary>
    public bool IsBeingRead => Volatile.Read(ref _passed) > 0;

    /// <summary>The answer of a call has passed.</summary>
    public void Pass() => Interlocked.Increment(ref _passed);

    /// <summary>A call is over, and recorded as far as it can be.</summary>
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

    /// <summary>When no call is on its way.</summary>
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
