using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;
using Atlas.Learning.Text;

namespace Atlas.Client.Cache;

/// <summary>The form in which a playbook lies on disk: JSON with the hash of everything else in it.</summary>
internal sealed record PlaybookFile
{
    private const string CurrentFormat = "atlas.playbook-cache.v2";

    [JsonRequired]
    public string Format { get; init; } = CurrentFormat;

    [JsonRequired]
    public CachedPlaybook Content { get; init; } = null!;

    /// <summary>SHA-256 of <see cref="Content"/> as it is written, 64 lower-case hex digits.</summary>
    [JsonRequired]
    public string ContentSha256 { get; init; } = "";

    public static string Write(CachedPlaybook playbook) =>
        JsonSerializer.Serialize(new PlaybookFile { Content = playbook, ContentSha256 = HashOf(playbook) }, AtlasJson.Options);

    /// <summary>Reads a file and checks it against its hashes.</summary>
    /// <exception cref="InvalidDataException">It is not what was written; the message says in which way.</exception>
    public static CachedPlaybook Read(string json, string learningKey, string role)
    {
        var content = Read(json);

        // The name of the file comes from key and role, so this tells a file that was copied to another name.
        return content.LearningKey == learningKey && content.Role == role
            ? content
            : throw new InvalidDataException($"it belongs to the {content.Role} playbook of '{content.LearningKey}'");
    }

    /// <summary>Reads a file, whosever it is, and checks it against its hashes.</summary>
    /// <exception cref="InvalidDataException">It is not what was written; the message says in which way.</exception>
    public static CachedPlaybook Read(string json)
    {
        var file = Parse(json);
        if (file is not { Format: CurrentFormat, Content: { LearningKey: not null, Role: not null, Playbook: { Text: not null, Block: not null, Spans.IsDefault: false }, Entries.IsDefault: false } })
        {
            throw new InvalidDataException($"it is not of the form {CurrentFormat}");
        }

        if (HashOf(file.Content) != file.ContentSha256 || Sha256Text.Hex(file.Content.Playbook.Text) != file.Content.Playbook.Sha256)
        {
            throw new InvalidDataException("its hash does not fit its content");
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
            throw new InvalidDataException("it is no whole JSON text", broken);
        }
    }

    /// <summary>SHA-256 of what is written.</summary>
    public static string HashOf(CachedPlaybook content) => Sha256Text.Hex(JsonSerializer.Serialize(content, AtlasJson.Options));
}
