using System.Collections.Immutable;

namespace Atlas.Grains.Spending;

/// <summary>The owners of the budgets that pay for calls.</summary>
/// <param name="owners">The owners; none if there are no budgets.</param>
public sealed class Bill(ImmutableArray<string> owners)
{
    private volatile string? _lacking;
    private long _counted;

    /// <summary>The owners of the budgets.</summary>
    public ImmutableArray<string> Owners { get; } = owners;

    /// <summary>The number of tokens counted so far.</summary>
    public long Counted => Interlocked.Read(ref _counted);

    /// <summary>A sentence that names the budget that was too small for a call; null if all calls were paid.</summary>
    public string? Lacking
    {
        get => _lacking;
        internal set => _lacking = value;
    }

    internal void Count(long tokens) => Interlocked.Add(ref _counted, tokens);
}
