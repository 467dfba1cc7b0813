using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Learning.Evidence;

/// <summary>The coin of every randomised choice: 53 bits of a hash, so that a repeated start makes the same choice.</summary>
/// <remarks>Draws of different purposes, keys, entries, salts or units are independent of each other.</remarks>
public static class TrialDraw
{
    /// <summary>Withholds one entry from one session.</summary>
    public const string Withhold = "withhold";

    /// <summary>Withholds the whole playbook from one session.</summary>
    public const string Holdout = "holdout";

    /// <summary>Gives one session the version on trial.</summary>
    public const string Canary = "canary";

    /// <summary>Assigns one session to an arm of an experiment that a person started.</summary>
    public const string Experiment = "experiment";

    private const string Domain = "atlas.evidence.v1";
    private const long Range = 1L << 53;
    private const int OnStack = 1024;

    /// <summary>Returns the unit of randomisation: the external id of a session, which a repeated start carries again, or its
    /// number.</summary>
    public static string Unit(string? externalId, long sessionId) =>
        string.IsNullOrEmpty(externalId) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"session:{sessionId}") : externalId;

    /// <summary>Returns a number from 0 to 2^53 − 1, uniformly distributed.</summary>
    /// <param name="purpose">What is chosen, such as <see cref="Withhold"/>.</param>
    /// <param name="key">The learning key.</param>
    /// <param name="entry">The entry's id; blank if the choice does not concern an entry.</param>
    /// <param name="salt">The salt; another salt is another experiment.</param>
    /// <param name="unit">The session, see <see cref="Unit"/>.</param>
    /// <returns>The first 53 bits of the SHA-256 over all parts in UTF-8, each preceded by its length in four bytes, big-endian.</returns>
    public static long Of(string purpose, string key, string entry, string salt, string unit)
    {
        ReadOnlySpan<string> parts = [Domain, purpose, key, entry, salt, unit];
        var size = 0;
        foreach (var part in parts)
        {
            ArgumentNullException.ThrowIfNull(part);
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var bytes = size <= OnStack ? stackalloc byte[size] : new byte[size];
        var rest = bytes;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + length)..];
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11);
    }

    /// <summary>Whether a draw falls into a share. Compares integers, so that every machine decides alike.</summary>
    /// <param name="draw">From <see cref="Of"/>.</param>
    /// <param name="share">0 (never) to 1 (always).</param>
    public static bool Falls(long draw, double share) => draw < (long)(Math.Clamp(share, 0, 1) * Range);
}
