using System.Collections.Immutable;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety.review</c>.</summary>
public sealed record ReviewOptions
{
    /// <summary>Whether a session teaches only once somebody approved it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireApproval { get; init; } = true;

    /// <summary>Review statuses that an export takes when it is not told any; an empty list means all, and is what <c>*</c> and <c>all</c> become.</summary>
    /// <value>The default is <c>approved</c>.</value>
    public ImmutableArray<string> DefaultExportStatuses { get; init; } = ["approved"];
}
