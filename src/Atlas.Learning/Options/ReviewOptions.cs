using System.Collections.Immutable;

namespace Atlas.Learning.Options;

/// <summary>The block <c>runtime_safety.review</c>: what needs a person's approval.</summary>
public sealed record ReviewOptions
{
    /// <summary>Whether a session teaches only after somebody approved it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireApproval { get; init; } = true;

    /// <summary>Review statuses that an export uses by default. An empty list means all, and <c>*</c> and <c>all</c> are read as an empty
    /// list.</summary>
    /// <value>The default is <c>approved</c>.</value>
    public ImmutableArray<string> DefaultExportStatuses { get; init; } = ["approved"];
}
