using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Leaks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>A model's answer, normalised: cleaned, and read without trusting any type.</summary>
internal sealed record SynthesisAnswer
{
    private static readonly string[] ReservedMetadata =
    [
        "playbook_entries", "playbook_summary", "playbook_version", "last_evaluation", "last_failure", "last_updated_at", "pruned_entries",
    ];

    private const string Add = "add_entries";

    // The last one lists entries by id only.
    private static readonly string[] EntryLists = ["playbook_entries", "revise_entries", Add, "retire_entries"];

    public string? StudentText { get; private init; }

    public string? TeacherText { get; private init; }

    public string? StudentNote { get; private init; }

    public string? TeacherNote { get; private init; }

    /// <summary>Entries to add or, with the id of an existing one, to revise.</summary>
    public ImmutableArray<JsonElement> Candidates { get; private init; } = [];

    /// <summary>Entries that the model proposes to retire, with its reason.</summary>
    public ImmutableArray<Retirement> Retirements { get; private init; } = [];

    /// <summary>What the model wants to keep besides the entries; never a key that Atlas writes itself.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Metadata { get; private init; } = [];

    /// <summary>What is wrong with the form of the answer, as a sentence; null if nothing is.</summary>
    public string? Problem { get; private init; }

    /// <summary>Texts that were removed because they contain an answer that no playbook may contain.</summary>
    public ImmutableArray<CandidateFailure> TextFailures { get; private init; } = [];

    /// <summary>Returns the answer without texts, notes and metadata that contain an answer of the guard. As with entries, one such text
    /// rejects the whole, unless parts are accepted separately.</summary>
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
            Problem = Problem ?? (failures.IsEmpty || acceptPerPart ? null : $"A text of the answer was rejected: '{failures[0].Id}': {failures[0].Reasons[0]}."),
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

    /// <summary>Returns the answer without candidates with these ids.</summary>
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

    /// <summary>Returns the answer without what it must not do in this key: remove or reword protected entries, or write the
    /// preface.</summary>
    /// <param name="existing">The entries as they are now.</param>
    /// <param name="context">The context, for what is protected.</param>
    public SynthesisAnswer Respecting(ImmutableArray<PlaybookEntry> existing, SynthesisContext context)
    {
        var known = CandidateBatch.ById(existing);
        var read = context.MayWritePreface ? this : this with { StudentText = null, TeacherText = null };
        return context.Standing.IsEmpty ? read : read with
        {
            Retirements = [.. read.Retirements.Where(each => !context.Standing.Contains(each.Id))],
            Candidates = read.Candidates.IsDefault ? [] :
            [
                .. read.Candidates.Select(item => item.ValueKind == JsonValueKind.Object && JsonRead.Text(item, "id") is { } id
                    && context.Standing.Contains(id) && known.TryGetValue(id, out var standing)
                    && !EntryWords.AreSame(CandidateNormaliser.Normalise(item, context.Options.Schema, known), standing) ? WithoutId(item) : item),
            ],
        };
    }

    public static SynthesisAnswer Read(JsonElement answer)
    {
        var value = Opened(SafeJson.Clean(answer));
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new SynthesisAnswer { Problem = $"The answer is {Name(value)}; expected a JSON object with entries to add, to revise and to retire." };
        }

        var lists = EntryLists.Select(name => (Name: name, Value: JsonRead.TryGet(value, name, out var given) ? Opened(given) : default)).ToArray();
        var odd = lists.FirstOrDefault(list => list.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined));
        return new SynthesisAnswer
        {
            StudentText = Text(value, "student_pamphlet"),
            TeacherText = Text(value, "teacher_pamphlet"),
            StudentNote = Text(value, "session_student_learning"),
            TeacherNote = Text(value, "session_teacher_learning"),
            Candidates = [.. lists[..^1].SelectMany(list => Items(list.Value).Select(item => list.Name == Add ? WithoutId(item) : item))],
            Retirements = Retired(lists[^1].Value, JsonRead.TryGet(value, "metadata", out var remarks) ? remarks : default),
            Metadata = JsonRead.TryGet(value, "metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                ? [.. metadata.EnumerateObject()
                    .Where(member => !ReservedMetadata.Contains(member.Name, StringComparer.Ordinal))
                    .Select(member => KeyValuePair.Create(member.Name, member.Value))]
                : [],
            Problem = odd.Name is null ? null : $"'{odd.Name}' of the answer is {Name(odd.Value)}; expected a list.",
        };
    }

    /// <summary>Returns the entries to retire. The original form has them in its metadata, as <c>dropped_entries</c>.</summary>
    private static ImmutableArray<Retirement> Retired(JsonElement retired, JsonElement remarks)
    {
        var dropped = JsonRead.TryGet(remarks, "dropped_entries", out var given) ? Opened(given) : default;
        return
        [
            .. from item in Items(retired).Concat(Items(dropped))
               let id = Text(item, "id")
               let reason = Text(item, "reason")
               where !string.IsNullOrEmpty(id) && !string.IsNullOrEmpty(reason)
               select new Retirement(id, reason),
        ];
    }

    private static IEnumerable<JsonElement> Items(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>An added entry never replaces another, whatever id the model chose.</summary>
    private static JsonElement WithoutId(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || JsonNode.Parse(item.GetRawText()) is not JsonObject entry)
        {
            return item;
        }

        entry.Remove("id");
        return JsonSerializer.SerializeToElement(entry, AtlasJson.Options);
    }

    /// <summary>The content of a text that contains JSON has not been cleaned with the rest.</summary>
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
