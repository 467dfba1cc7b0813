using System.Collections.Immutable;

namespace Atlas.Configuration.Binding;

/// <summary>Makes the immutable collections the records hold.</summary>
internal static class Collections
{
    public static object ToArray(Type item, IEnumerable<object> items) => item == typeof(string)
        ? items.Cast<string>().ToImmutableArray()
        : item == typeof(Agents.ToolOptions)
            ? items.Cast<Agents.ToolOptions>().ToImmutableArray()
            : throw new NotSupportedException($"A list of {item.Name} cannot be configured; add it to {nameof(Collections)}.");

    public static object ToMap(Type item, IEnumerable<KeyValuePair<string, object>> items) => item == typeof(string)
        ? items.ToImmutableSortedDictionary(pair => pair.Key, pair => (string)pair.Value, StringComparer.Ordinal)
        : item == typeof(int)
            ? items.ToImmutableSortedDictionary(pair => pair.Key, pair => (int)pair.Value, StringComparer.Ordinal)
            : throw new NotSupportedException($"A map of {item.Name} cannot be configured; add it to {nameof(Collections)}.");
}
