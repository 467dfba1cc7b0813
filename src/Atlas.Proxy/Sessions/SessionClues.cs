using Microsoft.Extensions.Caching.Memory;

namespace Atlas.Proxy.Sessions;

/// <summary>Which session an answer, or a conversation so far, belongs to. A clue is kept for a day after its last use, but its session
/// only while it is live.</summary>
internal sealed class SessionClues : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(24);

    /// <summary>Takes the place of a session that is over, or of several that cannot be distinguished.</summary>
    private static readonly object Nobody = new();

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 500_000 });
    private readonly Lock _lock = new();

    /// <summary>Returns the clue of an answer's id.</summary>
    public static string OfResponse(string owner, string learningKey, string id) => $"{owner.Length}:{owner}{learningKey.Length}:{learningKey}{id}";

    /// <summary>Looks up a clue.</summary>
    /// <param name="clue">The clue.</param>
    /// <param name="session">Its session; null if that is over, or not the only one.</param>
    /// <returns>Whether the clue is known.</returns>
    public bool TryGet(string clue, out ProxySession? session)
    {
        var isKnown = _known.TryGetValue(clue, out object? found);
        session = found as ProxySession;
        return isKnown;
    }

    /// <summary>Remembers the session of a clue; a later one replaces it.</summary>
    public void Set(string clue, ProxySession session)
    {
        lock (_lock)
        {
            Put(clue, session);
        }
    }

    /// <summary>Remembers the session of a clue, which is no clue any more if it belongs to another session as well.</summary>
    public void SetOnly(string clue, ProxySession session)
    {
        lock (_lock)
        {
            Put(clue, _known.TryGetValue(clue, out object? other) && other != session ? Nobody : session);
        }
    }

    /// <summary>Releases a session that is over.</summary>
    public void Forget(ProxySession session)
    {
        lock (_lock)
        {
            session.IsOver = true;
            while (session.Clues.TryDequeue(out var clue))
            {
                if (_known.TryGetValue(clue, out object? known) && known == session)
                {
                    Put(clue, Nobody);
                }
            }
        }
    }

    public void Dispose() => _known.Dispose();

    private void Put(string clue, object session)
    {
        if (session is ProxySession live)
        {
            if (live.IsOver)
            {
                return;
            }

            live.Clues.Enqueue(clue);
        }

        _known.Set(clue, session, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Age });
    }
}
