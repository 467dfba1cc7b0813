using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;

namespace Atlas.Http.Mcp;

/// <summary>An entry that matches a search.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Role">The role that the entry is for, <c>student</c> or <c>teacher</c>.</param>
/// <param name="Text">The words of the entry, as in a prompt.</param>
/// <param name="Score">How well the entry matches: more than 0, at most 1.</param>
internal sealed record FoundEntry(string Id, string Role, string Text, double Score);

/// <summary>Finds entries by words. A playbook is small enough to scan.</summary>
internal static class EntrySearch
{
    private static readonly char[] Breaks = [.. " \t\r\n.,;:!?()[]{}<>\"'`/\\|-_=+*&%$#@~"];

    public static IReadOnlyList<FoundEntry> Find(IEnumerable<PlaybookEntry> entries, string query, int limit)
    {
        var wanted = Words(query);
        var all = entries.Select(entry => (Entry: entry, Text: EntryWords.Of(entry))).Select(one => (one.Entry, one.Text, Words: Words(one.Text))).ToArray();

        // A word that every entry contains does not distinguish them.
        double Weight(string word) => Math.Log((all.Length + 1.0) / (1 + all.Count(one => one.Words.Contains(word)))) + 0.1;
        var whole = wanted.Sum(Weight);
        return
        [
            .. all
                .Select(one => new FoundEntry(
                    EntryIds.Of(one.Entry), one.Entry.Role, one.Text, whole > 0 ? Math.Round(wanted.Where(one.Words.Contains).Sum(Weight) / whole, 3) : 0))
                .Where(found => found.Score > 0)
                .OrderByDescending(found => found.Score)
                .Take(limit),
        ];
    }

    private static HashSet<string> Words(string text) => text.ToLowerInvariant()
        .Split(Breaks, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Length > 4 ? word.TrimEnd('s') : word)
        .ToHashSet(StringComparer.Ordinal);
}
