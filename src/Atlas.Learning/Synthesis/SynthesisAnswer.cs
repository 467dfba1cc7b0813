using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>A model's answer, brought into shape: cleaned, and read without trust in any type.</summary>
internal sealed record SynthesisAnswer
{
    private static readonly string[] ReservedMetadata =
    [
        "playbook_entries", "playbook_summary", "playbook_version", "last_evaluation", "last_failure", "last_updated_at", "pruned_entries",
    ];

    public string? StudentText { get; private init; }

    public string? TeacherText { get; private init; }

    public string? StudentNote { get; private init; }

    public string? TeacherNote { get; private init; }

    public ImmutableArray<JsonElement> Candidates { get; private init; } = [];

    /// <summary>What the model wants to be kept besides the entries; never a key that Atlas writes itself.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Metadata { get; private init; } = [];

    /// <summary>What is wrong with the form of the answer, a sentence; null if nothing is.</summary>
    public string? Problem { get; private init; }

    public static SynthesisAnswer Read(JsonElement answer)
    {
        var value = Opened(SafeJson.Clean(answer));
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new SynthesisAnswer { Problem = $"The answer is {Name(value)}; a JSON object with 'playbook_entries' was expected." };
        }

        var entries = JsonRead.TryGet(value, "playbook_entries", out var given) ? Opened(given) : default;
        return new SynthesisAnswer
        {
            StudentText = Text(value, "student_pamphlet"),
            TeacherText = Text(value, "teacher_pamphlet"),
            StudentNote = Text(value, "session_student_learning"),
            TeacherNote = Text(value, "session_teacher_learning"),
            Candidates = entries.ValueKind == JsonValueKind.Array ? [.. entries.EnumerateArray()] : [],
            Metadata = JsonRead.TryGet(value, "metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                ? [.. metadata.EnumerateObject()
                    .Where(member => !ReservedMetadata.Contains(member.Name, StringComparer.Ordinal))
                    .Select(member => KeyValuePair.Create(member.Name, member.Value))]
                : [],
            Problem = entries.ValueKind is JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined
                ? null
                : $"'playbook_entries' of the answer is {Name(entries)}; a list was expected.",
        };
    }

    /// <summary>What is inside a text that holds JSON has not been cleaned with the rest.</summary>
    private static JsonElement Opened(JsonElement cleaned) =>
        cleaned.ValueKind == JsonValueKind.String ? SafeJson.Clean(JsonRead.Unwrap(cleaned)) : cleaned;

    private static string? Text(JsonElement answer, string name) =>
        JsonRead.TryGet(answer, name, out var value) && value.ValueKind != JsonValueKind.Null
            ? PythonText.Strip(PythonRepr.Str(value))
            : null;

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "empty",
    };
}
