using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>Finds answers of an evaluation set in playbooks. A playbook that contains one would be graded on what it copied.</summary>
/// <remarks>Messages give the place and the number of the answer, never the answer itself, because they go into records that a synthesizer
/// is shown. Immutable; created once per options.</remarks>
public sealed class LeakGuard
{
    private static readonly ConditionalWeakTable<LeakGuardOptions, LeakGuard> Made = [];

    /// <summary>Fields that tell an agent what to do; only there can a short answer be given as an answer.</summary>
    private static readonly string[] Telling =
        ["cue.description", "action.imperative", "expected_effect", "scope.constraints", "scope.applies_when"];

    private readonly LongAnswers _long;
    private readonly ShortAnswers _short;

    private LeakGuard(LeakGuardOptions options)
    {
        var answers = options.AllAnswers.Select((text, index) => new EvaluationAnswer(index + 1, FoldedWords.Of(text))).Where(answer => answer.Length > 0).ToList();
        _long = new LongAnswers(answers.Where(answer => answer.Length >= options.ShortAnswerLength));
        _short = new ShortAnswers(answers.Where(answer => answer.Length < options.ShortAnswerLength));
        IsEmpty = answers.Count == 0;
    }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty { get; }

    /// <summary>Returns the guard for a block of options.</summary>
    public static LeakGuard Of(LeakGuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Made.GetValue(options, static each => new LeakGuard(each));
    }

    /// <summary>Returns what is wrong with a playbook text: <c>holds answer 3 of learning.leak_guard</c>; null if nothing is.</summary>
    public string? Objection(string? text) => Find(text, telling: true) is { } number ? Holds(number) : null;

    /// <summary>Returns what is wrong with an entry: <c>action.imperative holds answer 3 of learning.leak_guard</c>; null if nothing
    /// is.</summary>
    public string? Objection(PlaybookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return IsEmpty ? null : Walk(EntryContent.Of(entry), "");
    }

    /// <summary>Returns what is wrong with a playbook, as the end of a sentence that begins with its name; null if nothing is.</summary>
    public string? Objection(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        if (IsEmpty)
        {
            return null;
        }

        return Objection(playbook.StudentPreface) is { } student ? $"the student's text {student}"
            : Objection(playbook.TeacherPreface) is { } teacher ? $"the teacher's text {teacher}"
            : (playbook.Entries.IsDefault ? [] : playbook.Entries).Select((entry, index) => Objection(entry) is { } wrong
                ? $"entry {index + 1}, {wrong}"
                : null).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Whether a long answer occurs anywhere in a JSON value: in a text, a number or a name.</summary>
    public bool IsIn(JsonElement value) =>
        !IsEmpty && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && Walk(JsonNode.Parse(value.GetRawText()), "") is not null;

    /// <summary>Returns the playbook without the texts, entries and metadata that contain an answer; the same instance if none
    /// does.</summary>
    public LearnedPlaybook Clean(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        if (IsEmpty)
        {
            return playbook;
        }

        var entries = playbook.Entries.IsDefault ? [] : playbook.Entries;
        var clean = entries.RemoveAll(entry => Objection(entry) is not null);
        var leaking = playbook.Metadata.Where(member => IsIn(member.Value)).Select(member => member.Key).ToList();
        return playbook with
        {
            StudentPreface = Objection(playbook.StudentPreface) is null ? playbook.StudentPreface : "",
            TeacherPreface = Objection(playbook.TeacherPreface) is null ? playbook.TeacherPreface : null,
            Entries = clean.Length == entries.Length ? playbook.Entries : clean,
            Metadata = leaking.Count == 0 ? playbook.Metadata : playbook.Metadata.RemoveRange(leaking),
        };
    }

    private static string Holds(int number) => FormattableString.Invariant($"contains answer {number} of learning.leak_guard");

    private int? Find(string? text, bool telling)
    {
        if (IsEmpty || PythonText.IsBlank(text))
        {
            return null;
        }

        var words = FoldedWords.Of(text!);
        return _long.Find(words) ?? (telling ? _short.Find(words, text!) : null);
    }

    private string? Walk(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject members:
                return members.Select(member =>
                        Find(member.Key, telling: false) is { } number ? $"a name in {(path.Length == 0 ? "it" : path)} {Holds(number)}"
                        : Walk(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}"))
                    .FirstOrDefault(wrong => wrong is not null);
            case JsonArray items:
                return items.Select(item => Walk(item, path)).FirstOrDefault(wrong => wrong is not null);
            case JsonValue value:
                var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
                var found = Find(text, Telling.Contains(path, StringComparer.Ordinal))
                    ?? (path == "cue.pattern" ? Find(RegexLiterals.Of(text), telling: false) : null);
                return found is { } number ? $"{path} {Holds(number)}" : null;
            default:
                return null;
        }
    }
}
