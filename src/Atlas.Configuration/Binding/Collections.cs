using System.Collections.Immutable;
using System.Reflection;

namespace Atlas.Configuration.Binding;

/// <summary>Makes the immutable collections the records hold, of items whose type is known only while running.</summary>
internal static class Collections
{
    private static readonly MethodInfo Array = typeof(Collections).GetMethod(nameof(ArrayOf), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Map = typeof(Collections).GetMethod(nameof(MapOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static object ToArray(Type item, IReadOnlyList<object> items) => Array.MakeGenericMethod(item).Invoke(null, [items])!;

    public static object ToMap(Type item, IReadOnlyList<KeyValuePair<string, object>> items) => Map.MakeGenericMethod(item).Invoke(null, [items])!;

    private static ImmutableArray<T> ArrayOf<T>(IReadOnlyList<object> items) => [.. items.Cast<T>()];

    private static ImmutableSortedDictionary<string, T> MapOf<T>(IReadOnlyList<KeyValuePair<string, object>> items) =>
        items.ToImmutableSortedDictionary(item => item.Key, item => (T)item.Value, StringComparer.Ordinal);
}
