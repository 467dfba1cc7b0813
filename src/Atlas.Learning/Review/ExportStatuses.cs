using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Learning.Review;

/// <summary>Determines the review statuses whose sessions an export includes.</summary>
public static class ExportStatuses
{
    /// <summary>The environment variable that overrides the configuration.</summary>
    public const string Variable = "ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES";

    /// <summary>Returns the statuses in lower case, without duplicates; empty for all.</summary>
    /// <param name="configured">The configured statuses; null if none are configured. An empty list counts as approved.</param>
    /// <param name="environment">The value of <see cref="Variable"/>: a comma-separated list that overrides the configuration; null or
    /// blank for none.</param>
    /// <param name="requireApproval">Whether sessions need approval. If they do not and no list is given, pending ones are included
    /// too.</param>
    /// <param name="added">Statuses that the caller adds.</param>
    /// <param name="all">Whether the caller wants all statuses.</param>
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
