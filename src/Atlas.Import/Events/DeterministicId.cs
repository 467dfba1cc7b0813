using System.Security.Cryptography;
using System.Text;

namespace Atlas.Import.Events;

/// <summary>Identifiers that depend only on content, so that reading a record again produces the same ones.</summary>
internal static class DeterministicId
{
    /// <summary>Returns the first 16 hex digits of the SHA-256 of the parts; different lists of parts are never concatenated to the same
    /// input.</summary>
    public static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Returns a version 8 UUID (with custom bits) for the numbered span of a run.</summary>
    public static Guid Span(string externalId, int number)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{externalId}\n{number}"), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
