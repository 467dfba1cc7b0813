using System.Collections.Concurrent;
using Atlas.Configuration.Proxying;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Http.Sessions;
using Atlas.Proxy.Recording;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;

namespace Atlas.Proxy.Sessions;

/// <summary>Knows the sessions that pass here, and opens those that are not known yet.</summary>
internal sealed class SessionRegistry(SessionOpener opener, ProxyOptions options, TimeProvider time) : IOpenRecords, IDisposable
{
    private static readonly TimeSpan LongestWaitForChain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWaitForEnd = TimeSpan.FromSeconds(2);
    private static readonly object Ambiguous = new();

    private readonly ConcurrentDictionary<string, Lazy<Task<ProxySession>>> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ProxySession, string?> _all = new();
    private readonly MemoryCache _clues = new(new MemoryCacheOptions { SizeLimit = 500_000 });
    private readonly Lock _chains = new();

    /// <summary>The session of a call.</summary>
    /// <param name="asked">Who calls, about what, with which clue.</param>
    /// <exception cref="ProblemException">The call names a session that is not the caller's.</exception>
    public async ValueTask<ProxySession> FindAsync(SessionRequest asked)
    {
        switch (asked.Clue)
        {
            case null:
                return asked.Messages is null ? Remember(await opener.OpenAsync(null, asked).ConfigureAwait(false), null) : await OfChainAsync(asked).ConfigureAwait(false);
            case { Rung: SessionClue.Number } number:
                return await OfNumberAsync(long.Parse(number.Id, System.Globalization.CultureInfo.InvariantCulture), asked).ConfigureAwait(false);
            case { Rung: SessionClue.Response } response:
                return await OfResponseAsync(response.Id, asked).ConfigureAwait(false);
            case { } clue:
                return await NamedAsync(new SessionName(asked.Owner, asked.LearningKey, clue.Rung, clue.Id), asked).ConfigureAwait(false);
        }
    }

    /// <summary>A session that is open here already; for what must not open one.</summary>
    public async ValueTask<ProxySession?> KnownAsync(SessionRequest asked) => asked.Clue is { } clue
        && _named.TryGetValue(new SessionName(asked.Owner, asked.LearningKey, clue.Rung, clue.Id).ExternalId, out var known)
            ? await known.Value.ConfigureAwait(false)
            : null;

    /// <summary>Remembers that an answer belongs to a session, for the call that goes on from it.</summary>
    public void NoteResponse(ProxySession session, string id) => Set(ResponseClue(session.Owner, session.Playbook.LearningKey, id), session);

    /// <summary>Remembers what a conversation says by now.</summary>
    public void NoteChain(ProxySession session, IReadOnlyList<ChatMessage> messages, ChatMessage answer)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var digest = PrefixChain.Next(PrefixChain.Of(session.Owner, session.Playbook.LearningKey, messages)[^1], answer);
        lock (_chains)
        {
            Set(digest, _clues.TryGetValue(digest, out object? other) && other != session ? Ambiguous : session);
        }
    }

    /// <summary>Takes a session for one that is over.</summary>
    public void Forget(ProxySession session)
    {
        if (_all.TryRemove(session, out var name) && name is not null)
        {
            _named.TryRemove(name, out _);
        }
    }

    /// <inheritdoc/>
    public async Task StoreAsync(long sessionId)
    {
        foreach (var session in _all.Keys.Where(one => one.SessionId == sessionId))
        {
            // Who has the last word of an answer may be faster than the copy of it. A call that takes longer is not waited for.
            await session.QuietAsync().WaitAsync(LongestWaitForEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await session.Records!.DrainAsync().ConfigureAwait(false);
            Forget(session);
        }
    }

    /// <summary>Stores what waits of every session. A call that takes longer is not waited for.</summary>
    public Task StoreAllAsync() => Task.WhenAll(_all.Keys.Select(async session =>
    {
        await session.QuietAsync().WaitAsync(LongestWaitForEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (session.Records?.DrainAsync() ?? Task.FromResult(true)).ConfigureAwait(false);
    }));

    /// <summary>Ends what is done and forgets what is over. Called every few seconds.</summary>
    public async Task SweepAsync()
    {
        var idle = TimeSpan.FromSeconds(options.SessionIdleSeconds);
        var forgotten = TimeSpan.FromSeconds(Math.Max(options.SessionIdleSeconds, options.SessionLeaseSeconds is 0 ? 86_400 : options.SessionLeaseSeconds));
        foreach (var session in _all.Keys.Where(one => one.Idle > idle))
        {
            if (session.Records is { HasEnded: false } records && session.EndedWell)
            {
                await records.CompleteAsync(SessionStatus.Succeeded).ConfigureAwait(false);
                if (records.HasEnded)
                {
                    Forget(session);
                }
            }
            else if (session.Records is null or { HasEnded: true } || session.Idle > forgotten)
            {
                Forget(session);
            }
        }
    }

    public void Dispose() => _clues.Dispose();

    private async Task<ProxySession> NamedAsync(SessionName name, SessionRequest asked)
    {
        while (true)
        {
            var opening = _named.GetOrAdd(name.ExternalId, _ => new Lazy<Task<ProxySession>>(() => opener.OpenAsync(name, asked)));
            ProxySession session;
            try
            {
                session = await opening.Value.ConfigureAwait(false);
            }
            catch
            {
                _named.TryRemove(new KeyValuePair<string, Lazy<Task<ProxySession>>>(name.ExternalId, opening));
                throw;
            }

            if (session.Records is not { HasEnded: true })
            {
                return Remember(session, name.ExternalId);
            }

            // Somebody has ended it; what comes now under its name is another one.
            Forget(session);
            _named.TryRemove(new KeyValuePair<string, Lazy<Task<ProxySession>>>(name.ExternalId, opening));
        }
    }

    private async Task<ProxySession> OfChainAsync(SessionRequest asked)
    {
        var digests = PrefixChain.Of(asked.Owner, asked.LearningKey, asked.Messages!);
        return await AwaitAsync(
                () =>
                {
                    for (var at = digests.Count - 1; at >= 0; at--)
                    {
                        if (_clues.TryGetValue(digests[at], out object? known))
                        {
                            return known as ProxySession is { Records: not { HasEnded: true } } session ? session : null;
                        }
                    }

                    return null;
                },
                asked,
                asked.Messages!.Any(message => message.Role == ChatRole.Assistant) ? LongestWaitForChain : TimeSpan.Zero).ConfigureAwait(false)
            ?? Remember(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
    }

    private async Task<ProxySession> OfResponseAsync(string id, SessionRequest asked)
    {
        var clue = ResponseClue(asked.Owner, asked.LearningKey, id);
        var known = await AwaitAsync(() => _clues.Get<ProxySession>(clue), asked, LongestWaitForEnd).ConfigureAwait(false);
        if (known is { Records: not { HasEnded: true } })
        {
            return known;
        }

        // Another silo may have seen it; else the chain begins here.
        return await opener.ResumeAsync(asked, caller => opener.ByResponseAsync(caller, id)).ConfigureAwait(false) is { } resumed
            ? Remember(resumed, null)
            : Remember(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
    }

    private async Task<ProxySession> OfNumberAsync(long number, SessionRequest asked)
    {
        if (_all.Keys.FirstOrDefault(one => one.SessionId == number) is { } known)
        {
            return known.Owner == asked.Owner && known.Playbook.LearningKey == asked.LearningKey ? known : throw Unknown(number);
        }

        if (opener.IsAway)
        {
            return Remember(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
        }

        return await opener.ResumeAsync(asked, _ => Task.FromResult<IReadOnlyList<long>>([number])).ConfigureAwait(false) is { } resumed
            ? Remember(resumed, null)
            : throw Unknown(number);
    }

    /// <summary>Looks until something is found, or no call of the same caller is on its way whose copy might still bring it.</summary>
    private async Task<ProxySession?> AwaitAsync(Func<ProxySession?> look, SessionRequest asked, TimeSpan most)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            // An answer that has passed will be known in a moment. One that is still passing may be the one that the client has read to its last event.
            var left = most - time.GetElapsedTime(began);
            var busy = _all.Keys.Where(one => one.Owner == asked.Owner && one.Playbook.LearningKey == asked.LearningKey
                && (one.IsBeingRead || (left > TimeSpan.Zero && one.Idle == TimeSpan.Zero))).ToList();
            left = (busy.Exists(one => one.IsBeingRead) && most > TimeSpan.Zero ? LongestWaitForEnd : most) - time.GetElapsedTime(began);
            if (busy.Count == 0 || left <= TimeSpan.Zero)
            {
                return look();
            }

            await ((Task)Task.WhenAny(busy.Select(one => one.QuietAsync()))).WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ProxySession Remember(ProxySession session, string? name)
    {
        _all.TryAdd(session, name);
        return session;
    }

    private void Set(string clue, object session) =>
        _clues.Set(clue, session, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(24) });

    private static string ResponseClue(string owner, string learningKey, string id) => $"{owner.Length}:{owner}{learningKey.Length}:{learningKey}{id}";

    private static ProblemException Unknown(long number) => Problem.SessionNotFound.With(FormattableString.Invariant(
        $"There is no session {number} of this API key and learning key that came in through the proxy. Send a name of your own as x-atlas-session-id, or none."));
}
