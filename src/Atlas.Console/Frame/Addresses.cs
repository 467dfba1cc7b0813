using System.Globalization;

namespace Atlas.Pages.Frame;

/// <summary>Addresses of the console. A key stands in the query, where every text can: in a path, a browser would take <c>..</c> for an order.</summary>
internal static class Addresses
{
    public static string Key(string key) => With("/key", ("key", key));

    public static string Session(long id) => With("/session", ("id", id.ToString(CultureInfo.InvariantCulture)));

    public static string Sessions(string key) => With("/sessions", ("key", key));

    public static string Difference(string key, int from, int to) => With("/key/diff", ("key", key), ("from", N(from)), ("to", N(to)));

    public static string Version(string key, int version) => With("/key/version", ("key", key), ("version", N(version)));

    public static string Change(string key, string what, int? version = null, int? number = null) =>
        With("/key/change", ("key", key), ("do", what), ("version", N(version)), ("number", N(number)));

    /// <summary>A path with those parameters that have a value.</summary>
    public static string With(string path, params (string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string? N(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
