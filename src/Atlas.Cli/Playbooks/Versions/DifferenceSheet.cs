using System.Collections.Immutable;
using Atlas.Cli.Output;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>Prints the difference between two versions for people: removed lines begin with a minus, added ones with a plus.</summary>
internal static class DifferenceSheet
{
    public static void Write(DifferenceDocument difference, Terminal terminal)
    {
        if (difference.Same)
        {
            terminal.Say($"Versions {difference.From} and {difference.To} of {difference.LearningKey} are identical.");
            return;
        }

        terminal.Data($"--- {difference.LearningKey} version {difference.From}", Tint.Removed);
        terminal.Data($"+++ {difference.LearningKey} version {difference.To}", Tint.Added);
        WriteLines("student", difference.Student, terminal);
        WriteLines("teacher", difference.Teacher, terminal);
        foreach (var entry in difference.Removed)
        {
            WriteEntry(entry, "-", Tint.Removed, terminal);
        }

        foreach (var entry in difference.Added)
        {
            WriteEntry(entry, "+", Tint.Added, terminal);
        }

        foreach (var entry in difference.Changed)
        {
            WriteFields(entry, terminal);
        }
    }

    private static void WriteLines(string role, ImmutableArray<LineChange> lines, Terminal terminal)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        terminal.Data($"{role}'s text", Tint.Heading);
        foreach (var line in lines)
        {
            var isNew = line.Kind is LineChangeKind.Added;
            terminal.Data($"{(isNew ? '+' : '-')} {line.Line,3}  {line.Text}", isNew ? Tint.Added : Tint.Removed);
        }
    }

    private static void WriteEntry(PlaybookEntry entry, string sign, Tint tint, Terminal terminal)
    {
        terminal.Data($"entry {entry.Id}", Tint.Heading);
        terminal.Data($"{sign} for     {entry.Audience ?? "student"}", tint);
        terminal.Data($"{sign} when    {entry.Cue.Description} [{entry.Cue.Type}: {entry.Cue.Pattern}]", tint);
        terminal.Data($"{sign} do      {entry.Action.Imperative}{(entry.Action.RuntimeHandle is { } handle ? $" [{handle}]" : "")}", tint);
        terminal.Data($"{sign} expect  {entry.ExpectedEffect}", tint);
    }

    private static void WriteFields(EntryDifference entry, Terminal terminal)
    {
        terminal.Data($"entry {entry.Id}", Tint.Heading);
        foreach (var field in entry.Fields)
        {
            if (field.Before is { } before)
            {
                terminal.Data($"- {field.Field}: {before}", Tint.Removed);
            }

            if (field.After is { } after)
            {
                terminal.Data($"+ {field.Field}: {after}", Tint.Added);
            }
        }
    }
}
