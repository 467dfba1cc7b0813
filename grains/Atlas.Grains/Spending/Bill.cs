using System.Collections.Immutable;

namespace Atlas.Grains.Spending;

/// <summary>Out of whose budgets calls are paid.</summary>
/// <param name="owners">Of the budgets; none of them is none.</param>
public sealed class Bill(ImmutableArray<string> owners)
{
    private volatile string? _lacking;

    /// <summary>Of the budgets.</summary>
    public ImmutableArray<string> Owners { get; } = owners;

    /// <summary>A sentence that says whose budget did not suffice for a call; null if all were paid.</summary>
    public string? Lacking
    {
        get => _lacking;
        internal set => _lacking = value;
    }
}
