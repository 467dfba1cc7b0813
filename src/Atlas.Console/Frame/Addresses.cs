using System.Globalization;

namespace Atlas.Pages.Frame;

/// <summary>Addresses of the console. A key is passed in the query, which can contain any text: in a path, a browser would interpret
/// <c>..</c>.</summary>
internal static class Addresses
{
    public static string Key(string key) => With("/key", ("key", key));

    public static string Session(long id) => With("/session", ("id", id.ToString(CultureInfo.InvariantCulture)));

    public static string Sessions(string key) => With("/sessions", ("key", key));

    public static string Difference(string key, int from, int to) => With("/key/diff", ("key", key), ("from", N(from)), ("to", N(to)));

    public static string Version(string key, int version) => With("/key/version", ("key", key), ("version", N(version)));

    public static string Change(string key, string what, int? version = null, int? number = null, string? entry = null) =>
        With("/key/change", ("key", key), ("do", what), ("version", N(version)), ("number", N(number)), ("entry", entry));

    /// <summary>Returns the address of the sessions of an arm of an experiment.</summary>
    public static string Arm(string key, int experiment, bool isNew) =>
        With("/sessions", ("key", key), ("experiment", N(experiment)), ("arm", isNew ? "new" : "first"));

    /// <summary>Returns a path with those parameters that have a value.</summary>
    public static string With(string path, params (string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string? N(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
