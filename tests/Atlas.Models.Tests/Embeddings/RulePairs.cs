using Atlas.Learning.Meaning;
using Atlas.Domain;

namespace Atlas.Models.Tests.Embeddings;

/// <summary>Pairs of rules, labelled by hand before any of them was measured.</summary>
internal static class RulePairs
{
    /// <summary>Those of a file. Those that are held back were written when bound and words were settled.</summary>
    public static IReadOnlyList<(RuleRelation Relation, RuleText One, RuleText Other)> In(string file) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Embeddings", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(part => (WireName.Parse<RuleRelation>(part[0]), new RuleText(part[1], part[2], ""), new RuleText(part[3], part[4], ""))),
    ];
}
