using System.Text;

namespace Atlas.Identity.Calls;

/// <summary>Identifies the caller of a call: role, name, and a proof that requires the credential or the secret.</summary>
public static class CallTicket
{
    /// <summary>The name under which it is sent.</summary>
    public const string Key = "atlas.ticket";

    private const string Purpose = "atlas call";

    /// <summary>Returns the ticket for a credential.</summary>
    public static string Of(AtlasCredential credential) =>
        $"{credential.Role}\n{credential.Name}\n{Convert.ToBase64String(credential.Sign(Purpose))}";

    internal static AtlasCaller? Read(string ticket, ClusterSecret secret)
    {
        Span<byte> proof = stackalloc byte[32];
        return ticket.Split('\n') is [var role, var name, var signature]
            && AtlasRole.Of(role) is { } may
            && Convert.TryFromBase64String(signature, proof, out var length) && length == proof.Length
            && secret.Signer(role, name, Encoding.UTF8.GetBytes(Purpose), proof) is not null
            ? new AtlasCaller(name, role, may)
            : null;
    }
}
