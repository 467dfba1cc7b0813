using System.Security.Cryptography;
using System.Text;
using Atlas.Contracts;

namespace Atlas.Identity;

/// <summary>The secret that the silos of a cluster share, from which every credential is derived. Two can be valid at a time, so that a
/// secret can be replaced without locking anybody out.</summary>
public sealed class ClusterSecret
{
    /// <summary>The minimum number of characters of a secret.</summary>
    public const int LeastCharacters = 32;

    private readonly byte[][] _secrets;

    private ClusterSecret(params byte[][] secrets)
    {
        _secrets = secrets;
    }

    /// <param name="used">The secret for new proofs.</param>
    /// <param name="accepted">A second secret whose credentials are accepted as well; null for none.</param>
    /// <exception cref="AtlasRefusedException">A secret is too short to be secure.</exception>
    public static ClusterSecret Of(string used, string? accepted = null) =>
        accepted is null ? new(Bytes(used)) : new(Bytes(used), Bytes(accepted));

    /// <summary>Reads a file with a secret in the first line, and optionally a second, also accepted one in the next.</summary>
    /// <exception cref="AtlasRefusedException">The file cannot be read, or contains no secret.</exception>
    public static ClusterSecret Read(string file)
    {
        string[] lines;
        try
        {
            lines = [.. File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AtlasRefusedException($"The file {file} with the cluster's secret cannot be read: {unreadable.Message}", unreadable);
        }

        return lines switch
        {
            [var used] => Of(used),
            [var used, var accepted] => Of(used, accepted),
            _ => throw new AtlasRefusedException(
                $"The file {file} holds {lines.Length} lines. It should hold the cluster's secret in the first, and while it is being replaced the other one in the second."),
        };
    }

    /// <summary>Creates a new secret of 256 random bits.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Creates a credential.</summary>
    /// <param name="role">One of <see cref="AtlasRole"/>.</param>
    /// <param name="name">The name.</param>
    public AtlasCredential Issue(string role, string name) => Derive(_secrets[0], role, name);

    /// <summary>Returns the credential with which a message was signed, whatever secret it is derived from; null if there is
    /// none.</summary>
    internal AtlasCredential? Signer(string role, string name, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        foreach (var secret in _secrets)
        {
            var credential = Derive(secret, role, name);
            if (CryptographicOperations.FixedTimeEquals(credential.Sign(message), signature))
            {
                return credential;
            }
        }

        return null;
    }

    private static AtlasCredential Derive(byte[] secret, string role, string name) =>
        new(role, name, HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"atlas credential\n{role}\n{name}")));

    private static byte[] Bytes(string secret) => secret.Trim() is { Length: >= LeastCharacters } enough
        ? Encoding.UTF8.GetBytes(enough)
        : throw new AtlasRefusedException(
            $"The cluster's secret is too short to keep anybody out. It has at least {LeastCharacters} random characters; `openssl rand -hex 32` makes one.");
}
