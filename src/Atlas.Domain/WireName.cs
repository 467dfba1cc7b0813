using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>The spelling of an enum outside C#: in JSON, in tables and on the command line. It is the member's name in snake_case, or what
/// <see cref="JsonStringEnumMemberNameAttribute"/> says.</summary>
public static class WireName
{
    /// <summary>Returns the wire name of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such member.</exception>
    public static string ToWire<T>(this T value)
        where T : struct, Enum => Names<T>.ByValue.TryGetValue(value, out var name)
            ? name
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"There is no such {Names<T>.Kind}.");

    /// <summary>Parses a wire name, ignoring case and surrounding white space.</summary>
    /// <param name="text">The name.</param>
    /// <param name="what">What the text is, for the exception's message; by default the enum's name in words.</param>
    /// <exception cref="WireNameException">There is no such name. The message lists those that exist.</exception>
    public static T Parse<T>(string? text, string? what = null)
        where T : struct, Enum => TryParse<T>(text, out var value)
            ? value
            : throw new WireNameException(
                $"'{text}' is no {what ?? Names<T>.Kind}. Use {Or(Names<T>.All)}.");

    /// <summary>Tries to parse a wire name, ignoring case and surrounding white space.</summary>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.ByName.TryGetValue(text.Trim(), out value);
    }

    /// <summary>Parses a text from another program, such as a value in a table; returns null if it is missing or not a wire name.</summary>
    public static T? ReadOrNull<T>(string? text)
        where T : struct, Enum => TryParse<T>(text, out var value) ? value : null;

    /// <summary>Returns all wire names, in the order of the enum.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Names<T>.All;

    private static string Or(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names.Select(name => $"'{name}'"))
        : string.Join(", ", names.Take(names.Count - 1).Select(name => $"'{name}'")) + $" or '{names[^1]}'";

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>().ToFrozenDictionary(value => value, NameOf);

        public static readonly FrozenDictionary<string, T> ByName =
            ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

        public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<T>().Select(value => ByValue[value])];

        /// <summary>The enum's name in words, such as <c>session status</c>.</summary>
        public static readonly string Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(T).Name).Replace('_', ' ');

        private static string NameOf(T value)
        {
            var member = Enum.GetName(value)!;
            return typeof(T).GetField(member)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
                ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member);
        }
    }
}
