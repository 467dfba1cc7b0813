using System.Collections.Immutable;

namespace Atlas.Learning.Synthesis;

/// <summary>A candidate that did not pass all gates. On the wire: an item of <c>metadata.last_failure.failures</c>.</summary>
/// <param name="Id">The candidate's id, given or derived.</param>
/// <param name="Gates">Whether each gate was passed, by name.</param>
/// <param name="Scores">The scores by name, 0 to 1.</param>
/// <param name="Reasons">One <c>gate:reason</c> per failed gate.</param>
public sealed record CandidateFailure(
    string Id,
    ImmutableSortedDictionary<string, bool> Gates,
    ImmutableSortedDictionary<string, double> Scores,
    ImmutableArray<string> Reasons);
