using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Sessions;
using Atlas.Learning.Text;
using Atlas.Queries;
using Atlas.Queries.Sessions;

namespace Atlas.Pages.Sessions;

/// <summary>The model of a session's page.</summary>
/// <param name="Session">The session, without its events.</param>
/// <param name="Key">Its key as the reader writes it; null if it has none.</param>
/// <param name="Prompt">The playbook as it was in its prompts; null if its version is missing from the archive.</param>
/// <param name="Taught">The first version that was learned from it; null if it taught nothing.</param>
/// <param name="Events">A part of its events.</param>
/// <param name="From">The number of events before that part.</param>
public sealed record SessionModel(SessionDetail Session, string? Key, SessionPrompt? Prompt, int? Taught, ImmutableArray<EventLine> Events, int From)
{
    private const int MostTools = 12;

    public long Next => From + Events.Length;

    public IEnumerable<(string? Judge, double? Score, string? Words)> Judges() => Json.Items(Session.Reward, "judges")
        .Select(judge => (Json.Text(judge, "identifier"), Json.Number(judge, "score"), Json.Text(judge, "rationale")));

    /// <summary>Returns the entries that were used: how often each one's cue was seen, and how often it was adopted.</summary>
    public IEnumerable<(string Entry, double Hits, double Adoptions)> Uses() =>
        from role in Json.Members(Json.Member(Json.Member(Session.Metadata, "learning_usage"), "roles"))
        from entry in Json.Members(role.Value)
        let hits = Json.Number(entry.Value, "cue_hits") ?? 0
        let adoptions = Json.Number(entry.Value, "action_adoptions") ?? 0
        where hits > 0 || adoptions > 0
        select (entry.Name, hits, adoptions);

    /// <summary>Returns tokens and costs as they were recorded, a line for each role.</summary>
    public IEnumerable<(string Name, string Value)> Costs() =>
        from member in Json.Members(Json.Member(Session.Metadata, "token_usage"))
        where member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array)
        select (member.Name.Replace('_', ' '), Short(member.Value));

    /// <summary>Returns the entries that were withheld, by the reason.</summary>
    public IEnumerable<(string Words, IReadOnlyList<string> Entries)> Withheld(GivenPlaybook given)
    {
        var ids = given.Withheld?.Keys.ToList() ?? [];
        (string, IReadOnlyList<string>)[] all =
        [
            ("withheld at random", [.. ids.Except(Session.Barred, StringComparer.Ordinal)]),
            ("withheld without a draw, because no session gets it or its trial has not begun", [.. ids.Intersect(Session.Barred, StringComparer.Ordinal)]),
        ];
        return all.Where(part => part.Item2.Count > 0);
    }

    /// <summary>Returns what the session would teach, or teaches.</summary>
    public string Lesson()
    {
        if (Session.Summary.Reward is not { } reward)
        {
            return "nothing: without a reward there is nothing to compare";
        }

        var digest = Session.Digest is { ValueKind: JsonValueKind.Object } stored ? stored.Deserialize<Learning.Digest.SessionDigest>(AtlasJson.Options) : null;
        return digest is { Tools.IsDefaultOrEmpty: false }
            ? $"the calls {string.Join(" \u2192 ", digest.Tools.Take(MostTools))}{(digest.Tools.Length > MostTools ? " \u2192 \u2026" : "")}, with reward {Wording.Score(reward)}"
            : $"its text, because it called no tools, with reward {Wording.Score(reward)}";
    }

    private static string Short(JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? string.Join(", ", value.EnumerateObject().Where(one => one.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String).Select(one => $"{one.Name.Replace('_', ' ')} {one.Value}"))
        : value.ToString();
}

/// <summary>An event of a trajectory, as it is displayed.</summary>
/// <param name="Sequence">Its number in the session; null if an older tool stored it.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Kind">Its kind: <c>tool</c>, <c>message</c>, …</param>
/// <param name="Name">The name of its source.</param>
/// <param name="Line">Its content in one line.</param>
/// <param name="Parts">Its texts by name, truncated.</param>
public sealed record EventLine(int? Sequence, DateTimeOffset At, string Kind, string Name, string Line, ImmutableArray<(string Name, string Text, int More)> Parts);
