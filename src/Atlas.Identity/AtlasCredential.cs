using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atlas.Contracts;

namespace Atlas.Identity;

/// <summary>An identity within a cluster, and the key that proves it. Each is derived from the cluster's secret, so silos know all of them
/// without a list, and nobody can derive another one without the secret.</summary>
public sealed class AtlasCredential
{
    /// <summary>The environment variable from which a client reads its credential.</summary>
    public const string Variable = "ATLAS_CREDENTIAL";

    private const string Prefix = "atlas";
    private const int MostCharacters = 64;
    private readonly byte[] _key;

    internal AtlasCredential(string role, string name, byte[] key)
    {
        Role = role;
        Name = name;
        _key = key;
    }

    /// <summary>The name with which its changes and reviews are signed.</summary>
    public string Name { get; }

    /// <summary>One of <see cref="AtlasRole"/>.</summary>
    public string Role { get; }

    /// <summary>Reads what <see cref="Reveal"/> wrote.</summary>
    /// <exception cref="AtlasRefusedException">It is not a credential; the message says what one looks like, but not what was
    /// given.</exception>
    public static AtlasCredential Parse(string text)
    {
        var parts = text.Trim().Split('.');
        return parts is [Prefix, var role, _, .., var key] && AtlasRole.IsClients(role) && TryHex(key, out var bytes)
            && string.Join('.', parts[2..^1]) is var name && IsName(name)
            ? new AtlasCredential(role, name, bytes)
            : throw new AtlasRefusedException(
                $"What {Variable} or AtlasClientOptions.Credential holds is no credential. One looks like {Prefix}.{AtlasRole.Runtime}.NAME.KEY with 64 "
                + "hexadecimal digits at the end; `atlas credential create NAME` makes it.");
    }

    /// <summary>Whether a credential can have this name: letters, digits and <c>-_.@</c>, at most 64 of them.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MostCharacters
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '@');

    /// <summary>Returns the credential as a text that <see cref="Parse"/> reads. Anyone who has it can act under its name.</summary>
    public string Reveal() => $"{Prefix}.{Role}.{Name}.{Convert.ToHexStringLower(_key)}";

    /// <summary>Name and role, without the key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Role} '{Name}'");

    /// <summary>Computes a proof of the key for another side that knows it, without revealing it.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(_key, message);

    internal byte[] Sign(string message) => Sign(Encoding.UTF8.GetBytes(message));

    private static bool TryHex(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = text.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
        return bytes is not null;
    }
}
