using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Storage.Access;

/// <summary>The text of an API key: <c>atlas_ID_SECRETCHECK</c>.</summary>
/// <remarks>The id is public and identifies the row; the secret has 256 random bits; the check detects mistyped and truncated keys without
/// a query, and lets scanners recognise leaked keys.</remarks>
public static class ApiKey
{
    /// <summary>The prefix of every key.</summary>
    public const string Prefix = "atlas_";

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43;
    private const int CheckLength = 6;

    /// <summary>Creates a key and returns it with its id.</summary>
    public static (string Id, string Key) Create()
    {
        var id = RandomNumberGenerator.GetString(Digits, IdLength);
        var secret = Base62(RandomNumberGenerator.GetBytes(32), SecretLength);
        var body = $"{Prefix}{id}_{secret}";
        return (id, body + Check(body));
    }

    /// <summary>Returns the id of a key; null if the text is not a key.</summary>
    public static string? IdOf(string? text)
    {
        if (text is null || text.Length != Prefix.Length + IdLength + 1 + SecretLength + CheckLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var body = text[..^CheckLength];
        return Check(body) == text[^CheckLength..] ? text.Substring(Prefix.Length, IdLength) : null;
    }

    /// <summary>Returns what is stored of a key: the SHA-256 of its text.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string Check(string body) => Base62(SHA256.HashData(Encoding.ASCII.GetBytes(body))[..4], CheckLength);

    private static string Base62(byte[] bytes, int length)
    {
        var number = new BigInteger(bytes, isUnsigned: true);
        var text = new char[length];
        for (var at = length - 1; at >= 0; at--)
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            text[at] = Digits[(int)digit];
        }

        return new string(text);
    }
}
