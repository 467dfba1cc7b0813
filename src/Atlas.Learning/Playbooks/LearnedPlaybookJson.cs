using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>The JSON of a playbook in a state or an event: its texts as sessions read them, and, if these are rendered, the prefaces they
/// are rendered from.</summary>
/// <remarks>Triggers and views read the texts in SQL. Data from before entries were rendered has texts only.</remarks>
internal sealed class LearnedPlaybookJson : JsonConverter<LearnedPlaybook>
{
    public override LearnedPlaybook Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var stored = JsonSerializer.Deserialize<Stored>(ref reader, options)!;
        return new LearnedPlaybook
        {
            Form = stored.Form,
            StudentPreface = (stored.Form is null ? stored.StudentText : stored.StudentPreface) ?? "",
            TeacherPreface = stored.Form is null ? stored.TeacherText : stored.TeacherPreface,
            Entries = stored.Entries.IsDefault ? [] : stored.Entries,
            Metadata = stored.Metadata ?? LearnedPlaybook.Empty.Metadata,
        };
    }

    public override void Write(Utf8JsonWriter writer, LearnedPlaybook value, JsonSerializerOptions options) => JsonSerializer.Serialize(
        writer,
        new Stored
        {
            Form = value.Form,
            StudentPreface = value.IsRendered ? value.StudentPreface : null,
            TeacherPreface = value.IsRendered ? value.TeacherPreface : null,
            StudentText = value.StudentText,
            TeacherText = value.TeacherText,
            Entries = value.Entries.IsDefault ? [] : value.Entries,
            Metadata = value.Metadata,
        },
        options);

    private sealed record Stored
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Form { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? StudentPreface { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? TeacherPreface { get; init; }

        public string? StudentText { get; init; }

        public string? TeacherText { get; init; }

        public ImmutableArray<PlaybookEntry> Entries { get; init; }

        public ImmutableSortedDictionary<string, JsonElement>? Metadata { get; init; }
    }
}
