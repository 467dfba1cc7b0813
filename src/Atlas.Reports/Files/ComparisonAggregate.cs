using System.Collections.Immutable;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Files;

/// <summary>The keys that changed most since an earlier run.</summary>
/// <param name="RecentMeanBest">The five whose recent mean rose most, best first.</param>
/// <param name="RecentMeanWorst">The five whose recent mean fell most, worst first.</param>
/// <param name="SessionGrowth">The five with the most new sessions.</param>
/// <param name="SessionDrop">Five with fewer sessions than before.</param>
public sealed record ComparisonAggregate(
    ImmutableArray<string> RecentMeanBest, ImmutableArray<string> RecentMeanWorst,
    ImmutableArray<string> SessionGrowth, ImmutableArray<string> SessionDrop)
{
    private const int Shown = 5;

    /// <summary>Creates an aggregate from the comparisons by key.</summary>
    public static ComparisonAggregate Of(IReadOnlyDictionary<string, RunComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var keys = comparisons.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var moved = keys.Where(pair => pair.Value.RecentMeanDelta is not null).ToList();
        return new ComparisonAggregate(
            Names(moved.OrderByDescending(pair => pair.Value.RecentMeanDelta)),
            Names(moved.OrderBy(pair => pair.Value.RecentMeanDelta)),
            Names(keys.Where(pair => pair.Value.SessionCountDelta > 0).OrderByDescending(pair => pair.Value.SessionCountDelta)),
            Names(keys.Where(pair => pair.Value.SessionCountDelta < 0).OrderBy(pair => pair.Value.SessionCountDelta)));
    }

    private static ImmutableArray<string> Names(IEnumerable<KeyValuePair<string, RunComparison>> pairs) =>
        [.. pairs.Take(Shown).Select(pair => pair.Key)];
}
