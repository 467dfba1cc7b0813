using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Learning.Leaks;
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

    /// <summary>Texts that were taken out because they hold an answer that no playbook may hold.</summary>
    public ImmutableArray<CandidateFailure> TextFailures { get; private init; } = [];

    /// <summary>The answer without texts, notes and metadata that hold an answer of the guard. As with entries, one such text
    /// refuses the whole, unless each part is accepted by itself.</summary>
    public SynthesisAnswer Guarded(LeakGuard guard, bool acceptPerPart)
    {
        if (guard.IsEmpty)
        {
            return this;
        }

        ImmutableArray<CandidateFailure> failures = [.. Failures(guard, ("student_pamphlet", StudentText), ("teacher_pamphlet", TeacherText))];
        return this with
        {
            StudentText = guard.Objection(StudentText) is null ? StudentText : null,
            TeacherText = guard.Objection(TeacherText) is null ? TeacherText : null,
            StudentNote = guard.Objection(StudentNote) is null ? StudentNote : null,
            TeacherNote = guard.Objection(TeacherNote) is null ? TeacherNote : null,
            Metadata = Metadata.RemoveAll(member => guard.Objection(member.Key) is not null || guard.IsIn(member.Value)),
            TextFailures = failures,
            Problem = Problem ?? (failures.IsEmpty || acceptPerPart ? null : $"A text of the answer may not be kept: '{failures[0].Id}': {failures[0].Reasons[0]}."),
        };
    }

    private static IEnumerable<CandidateFailure> Failures(LeakGuard guard, params (string Name, string? Text)[] texts) =>
        from each in texts
        let objection = guard.Objection(each.Text)
        where objection is not null
        select new CandidateFailure(
            each.Name,
            ImmutableSortedDictionary<string, bool>.Empty.Add(EntryGates.Leak, false),
            ImmutableSortedDictionary<string, double>.Empty,
            [$"{EntryGates.Leak}_gate:{objection}"]);

    /// <summary>The answer without candidates of these ids.</summary>
    public SynthesisAnswer Without(IEnumerable<string> ids)
    {
        var unwanted = ids.ToHashSet(StringComparer.Ordinal);
        return unwanted.Count == 0 || Candidates.IsDefault
            ? this
            : this with
            {
                Candidates = Candidates.RemoveAll(candidate =>
                    candidate.ValueKind == JsonValueKind.Object && JsonRead.Text(candidate, "id") is { } id && unwanted.Contains(id)),
            };
    }

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
