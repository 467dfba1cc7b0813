using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Meaning;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Two entries that say the same or contradict each other.</summary>
/// <param name="One">The id of the older one.</param>
/// <param name="OneSha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Other">The id of the other.</param>
/// <param name="OtherSha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Relation"><see cref="RuleRelation.Same"/> or <see cref="RuleRelation.Opposed"/>.</param>
/// <param name="Similarity">How similar they are, −1 to 1.</param>
public sealed record EntryPair(string One, string OneSha, string Other, string OtherSha, RuleRelation Relation, double Similarity)
{
    /// <summary>The largest number of pairs that a key keeps, the closest first.</summary>
    public const int Most = 100;

    /// <summary>Returns the texts of a playbook's entries that need vectors, each once; none if there is nothing to compare.</summary>
    public static IReadOnlyCollection<string> Texts(LearnedPlaybook playbook)
    {
        var entries = Rendered(playbook);
        return entries.Length < 2 ? [] : [.. entries.SelectMany(entry => RuleText.Of(EntryWords.Of(entry)).Texts).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Returns the pairs of a playbook, the closest first.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="vectors">The vectors that an embedding model computed for its texts.</param>
    public static ImmutableArray<EntryPair> Of(LearnedPlaybook playbook, RuleVectors vectors)
    {
        var entries = Rendered(playbook).Select(entry => (Entry: entry, Text: RuleText.Of(EntryWords.Of(entry)))).ToArray();
        return
        [
            .. (from one in Enumerable.Range(0, entries.Length)
                from other in Enumerable.Range(one + 1, entries.Length - one - 1)
                where entries[one].Entry.Role == entries[other].Entry.Role
                let found = RuleComparison.Measure(entries[one].Text, entries[other].Text, vectors)
                where found.Relation is not RuleRelation.Different
                orderby found.Similarity descending
                select new EntryPair(
                    EntryIds.Of(entries[one].Entry), EvidenceDecisions.Sha(entries[one].Entry), EntryIds.Of(entries[other].Entry),
                    EvidenceDecisions.Sha(entries[other].Entry), found.Relation, Math.Round(found.Similarity, 4))).Take(Most),
        ];
    }

    /// <summary>Returns the pairs whose entries are both still in the playbook with the same words; null for none.</summary>
    internal static ImmutableArray<EntryPair>? Left(ImmutableArray<EntryPair>? pairs, LearnedPlaybook playbook)
    {
        if (pairs is not { IsEmpty: false } known)
        {
            return null;
        }

        var there = Rendered(playbook).Select(entry => (EntryIds.Of(entry), EvidenceDecisions.Sha(entry))).ToHashSet();
        var left = known.RemoveAll(pair => !there.Contains((pair.One, pair.OneSha)) || !there.Contains((pair.Other, pair.OtherSha)));
        return left.IsEmpty ? null : left;
    }

    private static PlaybookEntry[] Rendered(LearnedPlaybook playbook) => [.. (playbook.Entries.IsDefault ? [] : playbook.Entries).Where(EntryOrder.IsRendered)];
}
