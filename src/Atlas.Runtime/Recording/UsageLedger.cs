using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Runtime.Recording;

/// <summary>Adds up what calls cost, by role. Safe for use by many threads.</summary>
/// <param name="prices">What tokens cost, by role; a role without a price has no cost.</param>
internal sealed class UsageLedger(ImmutableDictionary<string, TokenPrice> prices)
{
    private readonly Lock _lock = new();
    private ImmutableSortedDictionary<string, TokenUsage> _byRole = ImmutableSortedDictionary.Create<string, TokenUsage>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, TokenUsage> ByRole
    {
        get
        {
            lock (_lock)
            {
                return _byRole;
            }
        }
    }

    /// <summary>US dollars, by role.</summary>
    public ImmutableSortedDictionary<string, decimal> Cost => ByRole
        .Where(role => prices.ContainsKey(role.Key))
        .ToImmutableSortedDictionary(role => role.Key, role => prices[role.Key].Of(role.Value.PromptTokens, role.Value.CompletionTokens), StringComparer.Ordinal);

    /// <summary>Counts one call; without figures there is nothing to count.</summary>
    public void Add(string role, TokenUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        lock (_lock)
        {
            _byRole = _byRole.SetItem(role, _byRole.GetValueOrDefault(role, TokenUsage.None) + usage);
        }
    }
}
