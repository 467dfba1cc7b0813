using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>A synthesizer that tries one thing at a time: as long as rewards are not full, it tells the student to use a tool that no
/// session has used yet, and waits until sessions show what that is worth before it continues. It keeps the playbook it was shown,
/// including entries that others wrote: whether an entry helps is for the evidence to decide.</summary>
internal sealed class DeskSynthesizer(int sessionsPerLesson)
{
    private const double Full = 0.999;

    public DeskAnswer Answer(DeskTurn turn)
    {
        var data = Delimited.ObjectIn(turn.User, "learning_data") ?? [];
        var standing = (data["current_playbook_entries"] as JsonArray ?? []).OfType<JsonObject>().Where(Stands).ToList();
        var sessions = Sessions(data);
        var taught = standing.Select(HandleOf).Where(handle => DeskLesson.Of(handle) is not null).ToHashSet(StringComparer.Ordinal);

        // Only sessions that did everything that is taught show what is still missing.
        var shown = sessions.Where(session => taught.All(session.Tools.Contains)).ToList();
        var lesson = shown.Count >= sessionsPerLesson && shown.Average(session => session.Score) < Full
            ? NextLesson(data, sessions, taught)
            : null;
        return Playbook([.. standing.Select(Repeated), .. lesson is null ? [] : new[] { Entry(lesson) }], lesson);
    }

    private static DeskLesson? NextLesson(JsonObject data, List<DeskEvidence> sessions, HashSet<string> taught) =>
        (data["available_runtime_handles"] as JsonArray ?? [])
            .Select(handle => (string?)handle)
            .OfType<string>()
            .Where(handle => !taught.Contains(handle) && !sessions.Any(session => session.Tools.Contains(handle)))
            .Select(DeskLesson.Of)
            .OfType<DeskLesson>()
            .FirstOrDefault();

    private static List<DeskEvidence> Sessions(JsonObject data) =>
    [
        .. (data["latest_sessions"] as JsonArray ?? [])
            .Concat(data["history"]?["entries"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(session => new DeskEvidence(
                (double?)session["reward"]?["score"] ?? 0,
                (session["evidence"]?["tools"] as JsonArray ?? []).Select(tool => (string?)tool).OfType<string>().ToHashSet(StringComparer.Ordinal))),
    ];

    private static bool Stands(JsonObject entry) => StatusOf(entry) is not ("deprecated" or "pruned" or "rejected");

    private static string? StatusOf(JsonObject entry) => entry["lifecycle"] switch
    {
        JsonValue status => status.ToString(),
        JsonObject lifecycle => (string?)lifecycle["status"],
        _ => null,
    };

    private static string HandleOf(JsonObject entry) => (string?)entry["action"]?["runtime_handle"] ?? "";

    private static DeskAnswer Playbook(IReadOnlyList<JsonObject> entries, DeskLesson? lesson) => DeskAnswer.Json(new JsonObject
    {
        ["version"] = "playbook_entry.v1",
        ["student_pamphlet"] = entries.Count == 0
            ? null
            : string.Join('\n', entries.Select(entry => $"- {(string?)entry["action"]?["imperative"]}")),
        ["teacher_pamphlet"] = null,
        ["playbook_entries"] = new JsonArray([.. entries]),
        ["session_student_learning"] = lesson?.Note,
        ["session_teacher_learning"] = null,
        ["metadata"] = new JsonObject { ["dropped_entries"] = new JsonArray() },
    });

    /// <summary>Returns the entry unchanged, without the fields that only the key writes.</summary>
    private static JsonObject Repeated(JsonObject entry)
    {
        var copy = entry.DeepClone().AsObject();
        copy.Remove("seen");
        copy.Remove("lifecycle");
        return copy;
    }

    private static JsonObject Entry(DeskLesson lesson) => new()
    {
        ["id"] = null,
        ["audience"] = "student",
        ["cue"] = new JsonObject { ["type"] = "regex", ["pattern"] = lesson.Cue, ["description"] = "A customer wants an order settled." },
        ["action"] = new JsonObject
        {
            ["imperative"] = lesson.Imperative,
            ["runtime_handle"] = lesson.Tool,
            ["tool_name"] = lesson.Tool,
            ["arguments"] = new JsonArray(),
        },
        ["expected_effect"] = lesson.Effect,
        ["scope"] = new JsonObject
        {
            ["category"] = "differentiation",
            ["constraints"] = "Orders of the desk.",
            ["applies_when"] = null,
        },
    };

    private sealed record DeskEvidence(double Score, HashSet<string> Tools);
}
