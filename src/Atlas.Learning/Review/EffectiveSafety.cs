using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>The safety settings in force: configuration, then environment.</summary>
/// <param name="Drift">Bounds of drift detection.</param>
/// <param name="Review">Review gate and export statuses.</param>
/// <param name="IncludeAllStatuses">Whether exports take sessions of every review status.</param>
/// <param name="Warnings">Environment variables that were not used, or not as given: a sentence each.</param>
public sealed record EffectiveSafety(
    DriftOptions Drift, ReviewOptions Review, bool IncludeAllStatuses, ImmutableArray<string> Warnings)
{
    /// <summary>What is stored with a session as <c>metadata.review</c>: by which rules it was let through.</summary>
    public JsonElement ToReviewMetadata() => JsonSerializer.SerializeToElement(
        new { Review.RequireApproval, Review.DefaultExportStatuses, IncludeAllStatuses }, AtlasJson.Options);
}
