using System.Collections.Concurrent;
using Atlas.Configuration.Proxying;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Http.Sessions;
using Atlas.Proxy.Outcomes;
using Atlas.Proxy.Telemetry;

namespace Atlas.Proxy.Sessions;

/// <summary>The sessions that pass here and have not ended. Stores their pending records when somebody ends them, and ends those that are
/// silent.</summary>
internal sealed class LiveSessions(SessionEnding ending, SessionClues clues, Outage outage, ProxyOptions options, TimeProvider time, ILogger<LiveSessions> log) : IOpenRecords, ISessionRecorder
{
    public static readonly TimeSpan LongestWaitForEnd = TimeSpan.FromSeconds(2);
    private const int AtOnce = 16;

    private readonly ConcurrentDictionary<ProxySession, string?> _all = new();

    /// <summary>Gets the sessions that have a name, or are about to be opened under one.</summary>
    public ConcurrentDictionary<string, Lazy<Task<ProxySession>>> Named { get; } = new(StringComparer.Ordinal);

    public IEnumerable<ProxySession> All => _all.Keys;

    /// <summary>Adds a session that is recorded. The others have nothing to end or to store.</summary>
    public ProxySession Add(ProxySession session, string? name)
    {
        if (session.Records is not null)
        {
            _all.TryAdd(session, name);
        }

        return session;
    }

    /// <summary>Treats a session as over.</summary>
    public void Forget(ProxySession session)
    {
        if (_all.TryRemove(session, out var name) && name is not null)
        {
            Named.TryRemove(name, out _);
        }

        clues.Forget(session);
    }

    /// <inheritdoc/>
    public async Task<RecordedSoFar?> SettleAsync(long sessionId)
    {
        RecordedSoFar? known = null;
        foreach (var session in _all.Keys.Where(one => one.SessionId == sessionId))
        {
            // A client that has read the end of an answer can be faster than the copy of it. A call that takes longer is not waited for.
            await session.QuietAsync().WaitAsync(LongestWaitForEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.Records!.DrainAsync().ConfigureAwait(false);
            known = session.Records.SoFar ?? known;
            Forget(session);
        }

        return known;
    }

    /// <inheritdoc/>
    public Task<RecordedSoFar?> Settle(long sessionId) => SettleAsync(sessionId);

    /// <inheritdoc/>
    public async Task<long?> Find(string space, string responseId)
    {
        var theirs = _all.Keys.Where(one => one.Caller.Space == space).ToList();
        await Task.WhenAll(theirs.Where(one => one.IsBeingRead).Select(one => one.QuietAsync())).WaitAsync(LongestWaitForEnd, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (theirs.FirstOrDefault(one => one.Records?.HasAnswer(responseId) is true) is not { Records: { } records })
        {
            return null;
        }

        await records.DrainAsync().ConfigureAwait(false);
        return records.SessionId;
    }

    /// <summary>Ends a session, and treats it as over. Never throws.</summary>
    public async Task EndAsync(ProxySession session, SessionStatus status)
    {
        try
        {
            await ending.EndAsync(session, status).ConfigureAwait(false);
            if (session.Records is { HasEnded: true })
            {
                Forget(session);
            }
        }
        catch (Exception failure)
        {
            // Pending work is retried.
            log.NotRecorded(session.SessionId ?? 0, failure.Message);
        }
    }

    /// <summary>Stores the pending records of every session. A call that takes longer is not waited for.</summary>
    public Task StoreAllAsync() => Task.WhenAll(_all.Keys.Select(async session =>
    {
        await session.QuietAsync().WaitAsync(LongestWaitForEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (session.Records?.DrainAsync() ?? Task.FromResult(true)).ConfigureAwait(false);
    }));

    /// <summary>Stores what an outage held back, ends sessions that are done, and forgets those that are over. Called every few
    /// seconds.</summary>
    public async Task SweepAsync()
    {
        if (!outage.IsAway)
        {
            await Parallel.ForEachAsync(
                _all.Keys.Where(one => one.Records is { IsHeld: true }),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (session, _) => await session.Records!.DrainAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        var idle = TimeSpan.FromSeconds(options.SessionIdleSeconds);
        var forgotten = TimeSpan.FromSeconds(Math.Max(options.SessionIdleSeconds, options.SessionLeaseSeconds is 0 ? 86_400 : options.SessionLeaseSeconds));
        foreach (var session in _all.Keys)
        {
            if (session.Records is { HasEnded: false } records && (records.Owed ?? (session.EndedWell && session.Idle > idle ? SessionStatus.Succeeded : null)) is { } end)
            {
                if (!outage.IsAway && session.Idle > TimeSpan.Zero)
                {
                    // Not awaited: getting a reward can take long.
                    _ = EndAsync(session, end);
                }
            }
            else if (session.Idle > idle && (session.Records is null or { HasEnded: true } || session.Idle > forgotten))
            {
                session.Records?.Drop();
                Forget(session);
            }
        }
    }
}
