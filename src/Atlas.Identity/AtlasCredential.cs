using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atlas.Contracts;

namespace Atlas.Identity;

/// <summary>Who somebody is to a cluster, and the key that proves it. Each is derived from the cluster's secret, so silos know all of them
/// without a list, and nobody can make one of another without the secret.</summary>
public sealed class AtlasCredential
{
    /// <summary>The environment variable that a client takes its credential from.</summary>
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

    /// <summary>What changes and reviews made with it are signed with.</summary>
    public string Name { get; }

    /// <summary>One of <see cref="AtlasRole"/>.</summary>
    public string Role { get; }

    /// <summary>Reads what <see cref="Reveal"/> wrote.</summary>
    /// <exception cref="AtlasRefusedException">It is no credential; the message says what one looks like and not what was given.</exception>
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

    /// <summary>Whether a credential may have this name: letters, digits and <c>-_.@</c>, at most 64 of them.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MostCharacters
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '@');

    /// <summary>The credential as a text that <see cref="Parse"/> reads. Whoever has it is the one it names.</summary>
    public string Reveal() => $"{Prefix}.{Role}.{Name}.{Convert.ToHexStringLower(_key)}";

    /// <summary>Name and role, without the key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Role} '{Name}'");

    /// <summary>What proves to who knows the key, too, that this one does, without telling it.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(_key, message);

    internal byte[] Sign(string message) => Sign(Encoding.UTF8.GetBytes(message));

    private static bool TryHex(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = text.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
        return bytes is not null;
    }
}
