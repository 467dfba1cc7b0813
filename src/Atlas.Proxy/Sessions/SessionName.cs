using System.Globalization;
using Atlas.Learning.Text;

namespace Atlas.Proxy.Sessions;

/// <summary>Identifies a conversation: the caller, the learning key, and the id that a rung of the ladder found.</summary>
/// <param name="Owner">Tenant and name of the API key. A rotated key continues its sessions, and nobody can enter those of another
/// key.</param>
/// <param name="LearningKey">The stored learning key.</param>
/// <param name="Rung">The rung. The same id found in two ways is never the same session.</param>
/// <param name="Id">The id, as the client sent it.</param>
internal sealed record SessionName(string Owner, string LearningKey, string Rung, string Id)
{
    /// <summary>Gets the external id under which the session is opened, at any silo. It is hashed, because the ids of clients are not
    /// trusted to be short or clean.</summary>
    public string ExternalId { get; } = "proxy:" + Sha256Text.Hex(string.Create(
        CultureInfo.InvariantCulture, $"{Owner.Length}:{Owner}{LearningKey.Length}:{LearningKey}{Rung}:{Id}"));
}
