using Atlas.Http.Access;
using Atlas.Http.Problems;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Sessions;

/// <summary>Keeps track of the sessions that pass here, and opens new ones.</summary>
internal sealed class SessionRegistry(SessionOpener opener, LiveSessions live, SessionClues clues, TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForChain = TimeSpan.FromMilliseconds(100);

    /// <summary>Finds or opens the session of a call.</summary>
    /// <param name="asked">The caller, the learning key and the clue.</param>
    /// <exception cref="ProblemException">The call names a session that is not the caller's.</exception>
    public async ValueTask<ProxySession> FindAsync(SessionRequest asked)
    {
        switch (asked.Clue)
        {
            case null:
                return asked.Messages is null ? live.Add(await opener.OpenAsync(null, asked).ConfigureAwait(false), null) : await OfChainAsync(asked).ConfigureAwait(false);
            case { Rung: SessionClue.Number } number:
                return await OfNumberAsync(long.Parse(number.Id, System.Globalization.CultureInfo.InvariantCulture), asked).ConfigureAwait(false);
            case { Rung: SessionClue.Response } response:
                return await OfResponseAsync(response.Id, asked).ConfigureAwait(false);
            case { } clue:
                return await NamedAsync(new SessionName(asked.Owner, asked.LearningKey, clue.Rung, clue.Id), asked).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a session that is already open here, for calls that must not open one.</summary>
    public async ValueTask<ProxySession?> KnownAsync(SessionRequest asked) => asked.Clue is { } clue
        && live.Named.TryGetValue(new SessionName(asked.Owner, asked.LearningKey, clue.Rung, clue.Id).ExternalId, out var known)
            ? await known.Value.ConfigureAwait(false)
            : null;

    /// <summary>Remembers that an answer belongs to a session, for the call that continues from it.</summary>
    public void NoteResponse(ProxySession session, string id) => clues.Set(SessionClues.OfResponse(session.Owner, session.Playbook.LearningKey, id), session);

    /// <summary>Remembers the conversation so far.</summary>
    public void NoteChain(ProxySession session, IReadOnlyList<ChatMessage> messages, ChatMessage answer)
    {
        if (messages.Count == 0)
        {
            return;
        }

        clues.SetOnly(PrefixChain.Next(PrefixChain.Of(session.Owner, session.Playbook.LearningKey, messages)[^1], answer), session);
    }

    private async Task<ProxySession> NamedAsync(SessionName name, SessionRequest asked)
    {
        while (true)
        {
            var opening = live.Named.GetOrAdd(name.ExternalId, _ => new Lazy<Task<ProxySession>>(() => opener.OpenAsync(name, asked)));
            ProxySession session;
            try
            {
                session = await opening.Value.ConfigureAwait(false);
            }
            catch
            {
                live.Named.TryRemove(new KeyValuePair<string, Lazy<Task<ProxySession>>>(name.ExternalId, opening));
                throw;
            }

            if (session.Records is not { HasEnded: true })
            {
                return live.Add(session, name.ExternalId);
            }

            // Somebody has ended it; further calls under its name are a new session.
            live.Forget(session);
            live.Named.TryRemove(new KeyValuePair<string, Lazy<Task<ProxySession>>>(name.ExternalId, opening));
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
                        if (clues.TryGet(digests[at], out var known))
                        {
                            return known is { Records: not { HasEnded: true } } ? known : null;
                        }
                    }

                    return null;
                },
                asked,
                asked.Messages!.Any(message => message.Role == ChatRole.Assistant) ? LongestWaitForChain : TimeSpan.Zero).ConfigureAwait(false)
            ?? live.Add(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
    }

    private async Task<ProxySession> OfResponseAsync(string id, SessionRequest asked)
    {
        var clue = SessionClues.OfResponse(asked.Owner, asked.LearningKey, id);
        if (!clues.TryGet(clue, out var known))
        {
            known = await AwaitAsync(() => clues.TryGet(clue, out var found) ? found : null, asked, LiveSessions.LongestWaitForEnd).ConfigureAwait(false);
        }

        if (known is { Records: not { HasEnded: true } })
        {
            return known;
        }

        // Another silo may have seen it; otherwise the chain begins here.
        return await opener.ResumeAsync(asked, caller => opener.ByResponseAsync(caller, id)).ConfigureAwait(false) is { } resumed
            ? live.Add(resumed, null)
            : live.Add(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
    }

    private async Task<ProxySession> OfNumberAsync(long number, SessionRequest asked)
    {
        if (live.All.FirstOrDefault(one => one.SessionId == number) is { } known)
        {
            return known.Owner == asked.Owner && known.Playbook.LearningKey == asked.LearningKey ? known : throw Unknown(number);
        }

        if (opener.IsAway)
        {
            return live.Add(await opener.OpenAsync(null, asked).ConfigureAwait(false), null);
        }

        return await opener.ResumeAsync(asked, _ => Task.FromResult<IReadOnlyList<long>>([number])).ConfigureAwait(false) is { } resumed
            ? live.Add(resumed, null)
            : throw Unknown(number);
    }

    /// <summary>Looks until something is found, or until no call of the same caller is in progress whose copy might still provide
    /// it.</summary>
    private async Task<ProxySession?> AwaitAsync(Func<ProxySession?> look, SessionRequest asked, TimeSpan most)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            // An answer that has passed will be known in a moment. One that is still passing may be the one that the client has just read
            // to its last event.
            var left = most - time.GetElapsedTime(began);
            var busy = live.All.Where(one => one.Owner == asked.Owner && one.Playbook.LearningKey == asked.LearningKey
                && (one.IsBeingRead || (left > TimeSpan.Zero && one.Idle == TimeSpan.Zero))).ToList();
            left = (busy.Exists(one => one.IsBeingRead) && most > TimeSpan.Zero ? LiveSessions.LongestWaitForEnd : most) - time.GetElapsedTime(began);
            if (busy.Count == 0 || left <= TimeSpan.Zero)
            {
                return look();
            }

            await ((Task)Task.WhenAny(busy.Select(one => one.QuietAsync()))).WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ProblemException Unknown(long number) => Problem.SessionNotFound.With(FormattableString.Invariant(
        $"There is no session {number} that this API key started through the proxy with this learning key. Send a name of your own as x-atlas-session-id, or leave the header out."));
}
