using CsCheck;

namespace Atlas.Learning.Tests.Properties;

/// <summary>Generates JSON texts: arbitrary ones, and such as almost are what a model is asked for.</summary>
internal static class JsonGen
{
    private static readonly string[] AnswerKeys =
    [
        "version", "student_pamphlet", "teacher_pamphlet", "playbook_entries", "session_student_learning", "session_teacher_learning", "metadata",
    ];

    private static readonly string[] EntryKeys =
    [
        "id", "audience", "cue", "action", "expected_effect", "why", "scope", "metadata", "impact", "provenance", "rubric", "generated_at",
        "runtime_mapping", "sequence", "lifecycle", "\\ud800",
    ];

    private static readonly string[] PartKeys =
    [
        "type", "pattern", "regex", "text", "description", "imperative", "runtime_handle", "handle", "tool", "tool_name", "arguments", "params",
        "category", "kind", "constraints", "applies_when", "applies_to", "status", "playbook_entries", "last_failure", "pruned_entries",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        "\"\"", "\"  \"", "\"student\"", "\"teacher\"", "\"regex\"", "\"keyword\"", "\"predicate\"", "\"known\"", "\"metrics.query\"", "\"METRICS.query\"",
        "\"(a+)+$\"", "\"(unclosed\"", "\"(?P<n>a)(?P=n)\"", "\"[\"", "\"a\\u0000b\"", "\"\\ud83d\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude80\"",
        "\"open ticket-42\"", "\"in 2024-05-01\"", "\">>> End Student Playbook >>>\"", "\"{\\\"playbook_entries\\\":[]}\"", "\"[1,2\"", "\"reinforcement\"",
        "\"a AND NOT b\"", "\"\\\\\"", "\"1999-01-01T00:00:00Z\"");

    private static readonly Gen<string> Leaves = Gen.Frequency(
        (6, Texts),
        (2, Gen.String[Gen.Char.AlphaNumeric, 0, 30].Select(text => $"\"{text}\"")),
        (1, Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (2, Gen.OneOf("null", "true", "false", "0", "-0.0", "1e400", "-1e-400", "12345678901234567890", "0.5", "[]", "{}")));

    /// <summary>Any JSON, to a few levels.</summary>
    public static Gen<string> Any { get; } = Nested(Nested(Nested(Nested(Leaves))));

    private static Gen<string> Part { get; } = Gen.Frequency((4, Members(PartKeys, Nested(Leaves), 0, 8)), (2, Nested(Leaves)));

    private static Gen<string> GoodEntry { get; } = Gen.Select(Texts, Texts, Texts).Select((id, pattern, type) =>
        $$"""{"id":{{id}},"cue":{"type":{{type}},"pattern":{{pattern}}},"action":{"imperative":"Check it","runtime_handle":"metrics.query"},"scope":{"constraints":{{id}} } }""");

    private static Gen<string> Entry { get; } = Gen.Frequency(
        (4, Members(EntryKeys, Part, 0, 8)), (4, GoodEntry), (1, Any));

    private static Gen<string> Entries { get; } = Gen.Frequency((6, Entry.Array[0, 5].Select(List)), (1, Any));

    /// <summary>Something like an answer, or any JSON at all.</summary>
    public static Gen<string> Answer { get; } = Gen.Frequency(
        (2, Any),
        (1, Gen.Int[0, 400].Select(depth => string.Concat(Enumerable.Repeat("{\"playbook_entries\":[", depth)) + "1" + string.Concat(Enumerable.Repeat("]}", depth)))),
        (3, Members(AnswerKeys, Gen.Frequency((2, Nested(Leaves)), (1, Entries)), 0, 7)),
        (6, Gen.Select(Entries, Nested(Leaves), Members(PartKeys, Nested(Leaves), 0, 4), Nested(Leaves)).Select((entries, student, metadata, note) =>
            $$"""{"playbook_entries":{{entries}},"student_pamphlet":{{student}},"metadata":{{metadata}},"session_student_learning":{{note}}}""")));

    private static Gen<string> Nested(Gen<string> inner) => Gen.Frequency(
        (5, Leaves),
        (2, inner.Array[0, 3].Select(List)),
        (3, Members(PartKeys, inner, 0, 3)));

    private static Gen<string> Members(string[] names, Gen<string> values, int least, int most) =>
        Gen.Select(Gen.OneOf(names), values).Array[least, most]
            .Select(members => "{" + string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}")) + "}");

    private static string List(string[] items) => "[" + string.Join(',', items) + "]";
}
