using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Learning.Journal;
using Atlas.Learning.Meaning;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>Prints which entries say the same or contradict each other, for people.</summary>
internal static class LikenessSheet
{
    public static void Write(KeyPlaybook playbook, Terminal terminal)
    {
        if (playbook.Pairs.IsEmpty && playbook.Merged.IsEmpty)
        {
            return;
        }

        terminal.Data();
        foreach (var pair in playbook.Pairs)
        {
            terminal.Data(pair.Relation is RuleRelation.Opposed
                ? $"opposed   {pair.One} and {pair.Other} may contradict each other ({Close(pair.Similarity)}); compare them"
                : $"alike     {pair.One} and {pair.Other} say the same ({Close(pair.Similarity)}); merge them with `atlas playbook merge`");
        }

        foreach (var merged in playbook.Merged)
        {
            terminal.Data($"merged    {merged.Gone.Id} into {merged.Kept} by {merged.Author}, {Wording.Time(merged.At)}"
                + (merged.Undone ? "; since undone" : "; undo with `atlas playbook unmerge`"));
        }
    }

    private static string Close(double similarity) => string.Create(CultureInfo.InvariantCulture, $"{similarity:0.00}");
}
