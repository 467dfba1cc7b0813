using System.Collections.Immutable;

namespace Atlas.Runtime.Recording;

/// <summary>Adds up what calls cost, by role. Safe for use by many threads.</summary>
internal sealed class UsageLedger
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
