using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Json;

namespace Atlas.Client;

/// <summary>Records with a session which sources its agent was built from.</summary>
/// <param name="fingerprint">The hash in <c>discover.json</c>; null to add nothing.</param>
internal sealed class DiscoveryLink(string? fingerprint)
{
    private const string FileName = "discover.json";
    private const string Key = "discovery_fingerprint";

    public static DiscoveryLink None { get; } = new(null);

    /// <summary>Reads what was discovered in the workspace of this process. A file that cannot be read adds nothing.</summary>
    public static DiscoveryLink OfWorkspace() =>
        new(AtlasFolder.Candidates().Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).Select(Read).FirstOrDefault());

    /// <summary>Returns the request with the hash in its metadata, unless the caller set one.</summary>
    public StartSession AddTo(StartSession request)
    {
        if (fingerprint is null)
        {
            return request;
        }

        // The cluster refuses metadata that is not an object, with a better message.
        if (request.Metadata is { } own && (own.ValueKind is not JsonValueKind.Object || own.TryGetProperty(Key, out _)))
        {
            return request;
        }

        var metadata = request.Metadata is { } given ? JsonObject.Create(SafeJson.Clean(given))! : [];
        metadata[Key] = fingerprint;
        return request with { Metadata = JsonSerializer.SerializeToElement(metadata) };
    }

    private static string? Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("fingerprint", out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
