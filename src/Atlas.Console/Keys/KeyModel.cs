using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Queries.Keys;
using Atlas.Reports.Documents;

namespace Atlas.Pages.Keys;

/// <summary>The model of a key's page.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Playbook">What it has learned.</param>
/// <param name="History">Its versions, and the decisions on them.</param>
/// <param name="Report">The figures of its newest sessions.</param>
/// <param name="Chart">The reward over these sessions; null if there is none.</param>
/// <param name="Waiting">Whether a session waits for a reviewer.</param>
public sealed record KeyModel(string Key, KeyPlaybook Playbook, KeyHistory History, LearningReport Report, string? Chart, bool Waiting)
{
    /// <summary>Gets what a panel of past sessions shows about the judge: whether it agrees with outcomes, and whether it has moved. Empty if
    /// there is no panel.</summary>
    public ImmutableArray<string> Judge => Report.Judge?.Words(Report.Reward.Delta) ?? [];

    public IEnumerable<(PlaybookEntry Entry, EntryFinding? Found)> Entries(string role) =>
        Playbook.Entries.Where(entry => entry.Role == role).Select(entry => (entry, Playbook.Evidence?.Of(entry)));

    /// <summary>Returns entries that were tried earlier and are in no version in use.</summary>
    public IEnumerable<EntryFinding> Past() =>
        (Playbook.Evidence?.Entries ?? []).Where(found => Playbook.Entries.All(entry => Playbook.Evidence!.Of(entry) != found));

    public static string Style(EffectVerdict verdict) => verdict switch { EffectVerdict.Helps => "good", EffectVerdict.Hurts => "bad", _ => "unsure" };
}
