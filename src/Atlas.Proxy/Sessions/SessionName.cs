using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Proxy.Sessions;

/// <summary>What a conversation is known by: who calls, about which learning key, and the id that a rung of the ladder found.</summary>
/// <param name="Owner">Tenant and name of the API key: a rotated key goes on with its sessions, and nobody enters those of another.</param>
/// <param name="LearningKey">The stored learning key.</param>
/// <param name="Rung">Which rung; so that the same id by two ways is never one session.</param>
/// <param name="Id">The id, as the client sent it.</param>
internal sealed record SessionName(string Owner, string LearningKey, string Rung, string Id)
{
    /// <summary>The identity under which the session is opened, at whatever silo. The ids of clients are not trusted to be short or clean.</summary>
    public string ExternalId { get; } = "proxy:" + Sha256Text.Hex(new StringBuilder()
        .Append(Owner.Length).Append(':').Append(Owner)
        .Append(LearningKey.Length).Append(':').Append(LearningKey)
        .Append(Rung).Append(':').Append(Id).ToString());
}
