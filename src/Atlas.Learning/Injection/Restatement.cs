using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>Finds the sentences of a text that repeat an entry, word for word or nearly so.</summary>
/// <remarks>If such a sentence stays when the entry is removed, the entry has not really been removed.</remarks>
internal static partial class Restatement
{
    /// <summary>So many words in a row are not a coincidence.</summary>
    private const int ShortestRun = 3;

    private const double MostOfTheInstruction = 0.75;
    private const double MostOfTheSentence = 0.6;

    /// <summary>Returns the places of the entries in a text, in order.</summary>
    public static ImmutableArray<EntryPlace> Find(string text, ImmutableArray<PlaybookEntry> entries)
    {
        if (text.Length == 0 || entries.IsDefaultOrEmpty)
        {
            return [];
        }

        var prose = new Prose(text);
        var places = new List<EntryPlace>();
        foreach (var entry in entries.DistinctBy(EntryIds.Of, StringComparer.Ordinal))
        {
            var id = EntryIds.Of(entry);
            places.AddRange(Said(prose, SaidBy(entry)).Select(sentence => new EntryPlace(id, sentence.Start, sentence.Length)));
        }

        return [.. places.OrderBy(place => place.Start).ThenBy(place => place.EntryId, StringComparer.Ordinal)];
    }

    /// <summary>Returns the text without what it says about the entries, and without withdrawn instructions.</summary>
    /// <param name="text">Prose; null stays null.</param>
    /// <param name="entries">Entries that are rendered separately, or were removed.</param>
    /// <param name="withdrawn">Instructions of entries about which no more is known.</param>
    public static string? Without(string? text, IEnumerable<PlaybookEntry> entries, IEnumerable<string> withdrawn)
    {
        if (PythonText.IsBlank(text))
        {
            return text;
        }

        ImmutableArray<PlaybookEntry> all =
        [
            .. entries.Select((entry, number) => entry with { Id = $"entry-{number}" }),
            .. withdrawn.Select((imperative, number) => new PlaybookEntry { Id = $"withdrawn-{number}", Action = new EntryAction { Imperative = imperative } }),
        ];
        var own = new RoleText(text!, Find(text!, all));
        return own.Places.IsEmpty
            ? text
            : WithoutBareMarks(own.Without(all.Select(entry => entry.Id!).ToHashSet(StringComparer.Ordinal)).Text);
    }

    private static HashSet<Prose.Sentence> Said(Prose prose, Statement statement)
    {
        var said = statement.Runs.SelectMany(prose.With).ToHashSet();
        if (statement.Instruction.Count >= ShortestRun)
        {
            said.UnionWith(prose.Sentences.Where(sentence =>
                sentence.Telling.Count > 0
                && statement.Instruction.Count(sentence.Telling.Contains) >= MostOfTheInstruction * statement.Instruction.Count
                && sentence.Telling.Count(statement.All.Contains) >= MostOfTheSentence * sentence.Telling.Count));
        }

        return said;
    }

    private static Statement SaidBy(PlaybookEntry entry)
    {
        string?[] texts =
        [
            entry.Action.Imperative, entry.ExpectedEffect, entry.Scope.Constraints, entry.Cue.Description, entry.Cue.Pattern,
            entry.Scope.AppliesWhen, entry.Action.RuntimeHandle, entry.Action.ToolName,
        ];
        return new Statement(
            [.. texts[..3].Select(Words).Where(run => run.Length >= ShortestRun)],
            Words(entry.Action.Imperative).Where(Prose.IsTelling).ToHashSet(StringComparer.Ordinal),
            texts.SelectMany(Words).ToHashSet(StringComparer.Ordinal));
    }

    private static string[] Words(string? text) => text is null ? [] : [.. FoldedWords.Of(text).Select(word => word.Text)];

    /// <summary>Removes list marks, and lines of which nothing else is left.</summary>
    private static string WithoutBareMarks(string text) =>
        PythonText.Strip(ManyBlanks().Replace(BareMark().Replace(text, ""), "\n\n"));

    [GeneratedRegex(@"^[ \t]*(?:[-*+\u2022]|\d{1,3}[.)])[ \t]*(?:\n|\z)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BareMark();

    [GeneratedRegex(@"\n{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex ManyBlanks();

    /// <summary>What an entry says: phrases that identify it, the distinguishing words of its instruction, and all its words.</summary>
    private sealed record Statement(ImmutableArray<string[]> Runs, HashSet<string> Instruction, HashSet<string> All);
}
