using Atlas.Contracts.Sessions;

namespace Atlas.Proxy.Sessions;

/// <summary>Provides the number of a session, which is opened with its first call, or later when the cluster is back.</summary>
internal sealed class SessionOpening
{
    private readonly Func<Task<SessionStarted>>? _open;
    private SessionStarted? _started;

    public SessionOpening(SessionStarted started) => _started = started;

    /// <param name="open">Opens the session. Throws while the cluster is away, and is then called again.</param>
    public SessionOpening(Func<Task<SessionStarted>> open) => _open = open;

    /// <summary>Gets the number; null until the session is opened.</summary>
    public long? SessionId => Volatile.Read(ref _started)?.SessionId;

    /// <summary>Returns the number, opening the session if necessary. One call at a time.</summary>
    public async Task<long> DemandAsync()
    {
        if (_started is null)
        {
            Volatile.Write(ref _started, await _open!().ConfigureAwait(false));
        }

        return _started!.SessionId;
    }
}
