using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Learning.Review;

/// <summary>Decides sessions of which review statuses an export takes.</summary>
public static class ExportStatuses
{
    /// <summary>The variable that stands in place of what is configured.</summary>
    public const string Variable = "ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES";

    /// <summary>The statuses in lower case, none twice; empty for all.</summary>
    /// <param name="configured">What a configuration says; null if it says nothing. An empty list counts as approved.</param>
    /// <param name="environment">The variable <see cref="Variable"/>: a list with commas, which stands in
    /// place of what is configured; null or blank for none.</param>
    /// <param name="requireApproval">Whether sessions need approval. Where they do not and no list is given, those that wait are
    /// taken too.</param>
    /// <param name="added">Statuses that the caller adds.</param>
    /// <param name="all">Whether the caller wants all.</param>
    public static ImmutableArray<string> Resolve(
        IReadOnlyCollection<string>? configured, string? environment, bool requireApproval, IReadOnlyCollection<string> added, bool all)
    {
        ArgumentNullException.ThrowIfNull(added);
        var fromVariable = Clean((environment ?? "").Split(','));
        var fromFile = Clean(configured ?? []);
        var basis = !fromVariable.IsEmpty ? fromVariable
            : !fromFile.IsEmpty ? fromFile
            : configured is null && !requireApproval ? [ReviewStatus.Approved.ToWire(), ReviewStatus.Pending.ToWire()]
            : [ReviewStatus.Approved.ToWire()];
        return all || basis.Concat(Clean(added)).Any(status => status is "*" or "all") ? [] : Clean(basis.Concat(added));
    }

    private static ImmutableArray<string> Clean(IEnumerable<string> statuses) =>
        [.. statuses.Select(status => status.Trim().ToLowerInvariant()).Where(status => status.Length > 0).Distinct(StringComparer.Ordinal)];
}
