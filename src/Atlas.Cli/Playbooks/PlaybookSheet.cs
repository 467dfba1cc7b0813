using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>Prints a playbook for people.</summary>
internal static class PlaybookSheet
{
    public static void Write(KeyPlaybook playbook, Terminal terminal)
    {
        terminal.Data($"key       {playbook.LearningKey}{(playbook.Frozen ? " (frozen)" : "")}");
        terminal.Data($"version   {playbook.Version}, {(playbook.UpdatedAt is null ? "nothing learned yet" : Wording.Time(playbook.UpdatedAt))}");
        if (playbook.NewestVersion > playbook.Version)
        {
            terminal.Data($"version {playbook.NewestVersion} waits to be promoted");
        }

        if (playbook.Pinned is { } pin)
        {
            terminal.Data($"pinned    to version {pin.Version} by {pin.Author}, {Wording.Time(pin.At)}{Because(pin.Reason)}");
        }

        if (playbook.Staging is { } staging)
        {
            terminal.Data($"staging   {(staging.On ? "on" : "off")} by {staging.Author}, {Wording.Time(staging.At)}{Because(staging.Reason)}");
        }

        terminal.Data($"learned   from {Wording.Count(playbook.SessionsApplied, "session")} of {playbook.SessionsObserved} counted; "
            + $"{playbook.Pending} waiting");
        if (playbook.Journal is { } head)
        {
            terminal.Data($"journal   event {head.Sequence}, sha256 {head.Sha256}");
        }

        SynthesisSheet.Write(playbook.Synthesis, terminal);
        FindingsSheet.Write(playbook.Evidence, terminal);
        LikenessSheet.Write(playbook, terminal);
        foreach (var cache in playbook.PromptCaches)
        {
            terminal.Data(Reports.CacheSheet.Line(cache));
        }

        WriteRole("student", playbook.Roles.Student, terminal);
        WriteRole("teacher", playbook.Roles.Teacher, terminal);
        foreach (var entry in playbook.Entries)
        {
            WriteEntry(entry, playbook.Evidence?.Of(entry), terminal);
        }
    }

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    private static void WriteRole(string role, KeyText text, Terminal terminal)
    {
        if (text.Text.Length == 0)
        {
            return;
        }

        terminal.Data();
        terminal.Data($"{role} ({text.Sha256})");
        foreach (var line in text.Text.Split('\n'))
        {
            terminal.Data($"  {line.TrimEnd('\r')}");
        }
    }

    private static void WriteEntry(PlaybookEntry entry, EntryFinding? found, Terminal terminal)
    {
        terminal.Data();
        terminal.Data($"entry {entry.Id} ({entry.Audience ?? "student"}, {entry.Provenance?.Status?.Lifecycle ?? "active"})");
        terminal.Data($"  when    {entry.Cue.Description} [{entry.Cue.Type}: {entry.Cue.Pattern}]");
        terminal.Data($"  do      {entry.Action.Imperative}{(entry.Action.RuntimeHandle is { } handle ? $" [{handle}]" : "")}");
        terminal.Data($"  expect  {entry.ExpectedEffect}");
        if (found is not null)
        {
            terminal.Data($"  state   {FindingsSheet.Standing(found)}");
        }

        if (entry.Impact is { SessionsObserved: > 0 } impact)
        {
            terminal.Data(string.Create(
                CultureInfo.InvariantCulture,
                $"  seen    {impact.SessionsWithHits} of {impact.SessionsObserved} sessions, adopted {impact.TotalAdoptions} times; "
                + $"mean reward {Mean(impact.RewardWithSum, impact.RewardWithCount)} where its cue showed, "
                + $"{Mean(impact.RewardWithoutSum, impact.RewardWithoutCount)} elsewhere; this describes the tasks, not the effect of the entry"));
        }
    }

    private static string Mean(double sum, long count) => Wording.Score(count == 0 ? null : sum / count);
}
