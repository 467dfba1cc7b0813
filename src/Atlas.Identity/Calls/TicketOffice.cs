using System.Collections.Concurrent;
using Atlas.Contracts.Access;

namespace Atlas.Identity.Calls;

/// <summary>Makes tickets and checks them, on a silo.</summary>
/// <param name="secret">The cluster's.</param>
public sealed class TicketOffice(ClusterSecret secret)
{
    private const int MostKnown = 10_000;
    private static readonly AsyncLocal<string?> Speaking = new();

    // Good ones only, so that nobody can fill it without the secret.
    private readonly ConcurrentDictionary<string, AtlasCaller> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, AtlasPermissions May), string> _doors = new();

    /// <summary>The ticket of the silo itself.</summary>
    public string Own { get; } = CallTicket.Of(secret.Issue(AtlasRole.Silo, AtlasRole.Silo));

    /// <summary>In whose name this silo calls grains in what follows; the silo's own where nobody was named.</summary>
    public string Current => Speaking.Value ?? Own;

    /// <summary>Whose ticket this is; null if it is none.</summary>
    public AtlasCaller? Read(string ticket)
    {
        if (_known.TryGetValue(ticket, out var known))
        {
            return known;
        }

        var caller = CallTicket.Read(ticket, secret);
        if (caller is not null)
        {
            Bound(_known)[ticket] = caller;
        }

        return caller;
    }

    /// <summary>Lets calls from here on be those of somebody whom another door let in, until the caller of this returns.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="may">What that door lets them do.</param>
    public void SpeakFor(string name, AtlasPermissions may) => Speaking.Value = _doors.TryGetValue((name, may), out var ticket)
        ? ticket
        : Bound(_doors)[(name, may)] = CallTicket.Of(secret.Issue(AtlasRole.Through(may), name.ReplaceLineEndings(" ")));

    /// <summary>Lets calls from here on be the silo's own, until the caller of this returns.</summary>
    public void SpeakForItself() => Speaking.Value = null;

    private static ConcurrentDictionary<TKey, TValue> Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> cache)
        where TKey : notnull
    {
        if (cache.Count > MostKnown)
        {
            cache.Clear();
        }

        return cache;
    }
}
