using System.Text.Json;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds the addresses at which projects listen when they are started from their folder, by the project's folder.</summary>
internal static class LaunchAddresses
{
    private const string Settings = "Properties/launchSettings.json";

    public static Dictionary<string, string> Of(IEnumerable<SourceFile> files)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Path.EndsWith(Settings, StringComparison.Ordinal)))
        {
            if (AddressIn(file.Text) is { } address)
            {
                addresses[file.Path[..^Settings.Length]] = address;
            }
        }

        return addresses;
    }

    private static string? AddressIn(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.TryGetProperty("profiles", out var profiles)
                ? profiles.EnumerateObject()
                    .SelectMany(profile => profile.Value.TryGetProperty("applicationUrl", out var urls) ? (urls.GetString() ?? "").Split(';') : [])
                    .Where(url => Uri.IsWellFormedUriString(url, UriKind.Absolute))
                    .OrderBy(url => url.StartsWith("https", StringComparison.Ordinal))
                    .FirstOrDefault()
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
