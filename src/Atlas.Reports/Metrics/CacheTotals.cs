using System.Collections.Immutable;
using Atlas.Learning.Economics;
using Atlas.Learning.Reports;

namespace Atlas.Reports.Metrics;

/// <summary>Sums cached tokens by version, with and without it in the prompts.</summary>
internal sealed class CacheTotals
{
    private readonly SortedDictionary<(int Version, bool Injected), (long Sessions, long Input, long Cached)> _all = [];

    public void Add(SessionFacts facts)
    {
        if (facts is { InputTokens: { } input, CachedTokens: { } cached })
        {
            var arm = (facts.PlaybookVersion ?? 0, facts.HadPlaybook);
            var before = _all.GetValueOrDefault(arm);
            _all[arm] = (before.Sessions + 1, before.Input + (long)input, before.Cached + (long)cached);
        }
    }

    public ImmutableArray<CacheShare> Build() =>
        [.. _all.Select(arm => new CacheShare(arm.Key.Version, arm.Key.Injected, arm.Value.Sessions, arm.Value.Input, arm.Value.Cached))];
}
