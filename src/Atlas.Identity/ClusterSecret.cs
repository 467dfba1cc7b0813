using System.Security.Cryptography;
using System.Text;
using Atlas.Contracts;

namespace Atlas.Identity;

/// <summary>What the silos of a cluster share, and from which every credential is derived. Two may be alive at a time, so that a secret
/// can be replaced without a moment in which somebody is locked out.</summary>
public sealed class ClusterSecret
{
    /// <summary>Characters that a secret has at least.</summary>
    public const int LeastCharacters = 32;

    private readonly byte[][] _secrets;

    private ClusterSecret(params byte[][] secrets)
    {
        _secrets = secrets;
    }

    /// <param name="used">The one that new proofs are made with.</param>
    /// <param name="accepted">A second one, whose credentials are accepted as well; null for none.</param>
    /// <exception cref="AtlasRefusedException">One is too short to keep anybody out.</exception>
    public static ClusterSecret Of(string used, string? accepted = null) =>
        accepted is null ? new(Bytes(used)) : new(Bytes(used), Bytes(accepted));

    /// <summary>Reads a file with a secret in the first line, and maybe a second one that is accepted as well in the next.</summary>
    /// <exception cref="AtlasRefusedException">The file cannot be read, or holds no secret.</exception>
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

    /// <summary>A new one: 256 random bits.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes the credential of somebody.</summary>
    /// <param name="role">One of <see cref="AtlasRole"/>.</param>
    /// <param name="name">Who it is.</param>
    public AtlasCredential Issue(string role, string name) => Derive(_secrets[0], role, name);

    /// <summary>The credential with which somebody has signed this, whatever secret it is derived from; null if nobody has.</summary>
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
