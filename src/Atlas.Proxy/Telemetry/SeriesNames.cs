using System.Collections.Concurrent;
using System.Globalization;

namespace Atlas.Proxy.Telemetry;

/// <summary>Learning keys and versions as metrics name them. Callers choose the keys, so only a limited number becomes separate
/// series.</summary>
internal static class SeriesNames
{
    private const int MostKeys = 200;
    private const string KeyTag = "learning_key";
    private const string VersionTag = "version";

    private static readonly ConcurrentDictionary<string, byte> Known = new(StringComparer.Ordinal);

    /// <summary>Returns the key; <c>other</c> if 200 other keys came before it.</summary>
    public static KeyValuePair<string, object?> Key(string? learningKey) => new(
        KeyTag, learningKey is null ? "none" : Known.ContainsKey(learningKey) || (Known.Count < MostKeys && Known.TryAdd(learningKey, 0)) ? learningKey : "other");

    public static KeyValuePair<string, object?> Version(int? version) => new(VersionTag, version?.ToString(CultureInfo.InvariantCulture) ?? "none");
}
