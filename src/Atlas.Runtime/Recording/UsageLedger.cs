using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Runtime.Recording;

/// <summary>Adds up the usage of calls, by role. Safe for concurrent use.</summary>
/// <param name="prices">Token prices by role; a role without a price has no cost.</param>
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

    /// <summary>Gets the cost in US dollars, by role. Tokens that are only in a provider's total, such as those of thinking, cost as much as
    /// those received.</summary>
    public ImmutableSortedDictionary<string, decimal> Cost => ByRole
        .Where(role => prices.ContainsKey(role.Key))
        .ToImmutableSortedDictionary(
            role => role.Key,
            role => prices[role.Key].Of(role.Value.PromptTokens, role.Value.TotalTokens - role.Value.PromptTokens),
            StringComparer.Ordinal);

    /// <summary>Counts a call; one without figures is not counted.</summary>
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
