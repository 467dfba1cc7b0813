using System.Collections.Concurrent;
using Atlas.Contracts.Access;

namespace Atlas.Identity.Calls;

/// <summary>Creates and checks tickets on a silo.</summary>
/// <param name="secret">The cluster's secret.</param>
public sealed class TicketOffice(ClusterSecret secret)
{
    private const int MostKnown = 10_000;
    private static readonly AsyncLocal<string?> Speaking = new();

    // Only valid tickets, so that nobody can fill it without the secret.
    private readonly ConcurrentDictionary<string, AtlasCaller> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, AtlasPermissions May), string> _doors = new();

    /// <summary>The ticket of the silo itself.</summary>
    public string Own { get; } = CallTicket.Of(secret.Issue(AtlasRole.Silo, AtlasRole.Silo));

    /// <summary>The ticket for further calls of this silo: that of the caller set before, or the silo's own.</summary>
    public string Current => Speaking.Value ?? Own;

    /// <summary>Returns the caller of a ticket; null if it is invalid.</summary>
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

    /// <summary>Makes further calls in the name of a caller authenticated in another way, until the caller of this method
    /// returns.</summary>
    /// <param name="name">The caller's name.</param>
    /// <param name="may">The caller's permissions.</param>
    public void SpeakFor(string name, AtlasPermissions may) => Speaking.Value = _doors.TryGetValue((name, may), out var ticket)
        ? ticket
        : Bound(_doors)[(name, may)] = CallTicket.Of(secret.Issue(AtlasRole.Through(may), name.ReplaceLineEndings(" ")));

    /// <summary>Makes further calls in the name of the silo itself, until the caller of this method returns.</summary>
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
