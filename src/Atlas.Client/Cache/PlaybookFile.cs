using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Client.Cache;

/// <summary>The format of a playbook on disk: JSON with a hash of everything else in it.</summary>
internal sealed record PlaybookFile
{
    private const string CurrentFormat = "atlas.playbook-cache.v2";

    [JsonRequired]
    public string Format { get; init; } = CurrentFormat;

    [JsonRequired]
    public CachedPlaybook Content { get; init; } = null!;

    /// <summary>The SHA-256 of <see cref="Content"/> as written, 64 lower-case hex digits.</summary>
    [JsonRequired]
    public string ContentSha256 { get; init; } = "";

    public static string Write(CachedPlaybook playbook) =>
        JsonSerializer.Serialize(new PlaybookFile { Content = playbook, ContentSha256 = HashOf(playbook) }, AtlasJson.Options);

    /// <summary>Reads a file and verifies its hashes.</summary>
    /// <exception cref="InvalidDataException">The content is not what was written; the message says how.</exception>
    public static CachedPlaybook Read(string json, string learningKey, string role)
    {
        var content = Read(json);

        // The file name is derived from key and role, so this detects a file copied to another name.
        return content.LearningKey == learningKey && content.Role == role
            ? content
            : throw new InvalidDataException($"it belongs to the {content.Role} playbook of '{content.LearningKey}'");
    }

    /// <summary>Reads a file of any key and role and verifies its hashes.</summary>
    /// <exception cref="InvalidDataException">The content is not what was written; the message says how.</exception>
    public static CachedPlaybook Read(string json)
    {
        var file = Parse(json);
        if (file is not { Format: CurrentFormat, Content: { LearningKey: not null, Role: not null, Playbook: { Text: not null, Block: not null, Spans.IsDefault: false }, Entries.IsDefault: false } })
        {
            throw new InvalidDataException($"its format is not {CurrentFormat}");
        }

        if (HashOf(file.Content) != file.ContentSha256 || Sha256Text.Hex(file.Content.Playbook.Text) != file.Content.Playbook.Sha256)
        {
            throw new InvalidDataException("its hash does not match its content");
        }

        return file.Content;
    }

    private static PlaybookFile? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PlaybookFile>(json, AtlasJson.Options);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("its JSON is incomplete", broken);
        }
    }

    /// <summary>Computes the SHA-256 of the content as written.</summary>
    public static string HashOf(CachedPlaybook content) => Sha256Text.Hex(JsonSerializer.Serialize(content, AtlasJson.Options));
}
