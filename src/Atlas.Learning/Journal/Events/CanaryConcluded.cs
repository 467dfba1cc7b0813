using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>The trial of a version against its parent has ended.</summary>
public sealed record CanaryConcluded : LearningKeyEvent
{
    public required CanaryDecision Decision { get; init; }

    /// <summary>The version that was tried.</summary>
    public required int Version { get; init; }

    /// <summary>The version it was held against.</summary>
    public required int Parent { get; init; }

    /// <summary>The estimate, −1 to 1; null if it was ended without one.</summary>
    public double? Effect { get; init; }

    /// <summary>Sessions that were given the version.</summary>
    public long Shown { get; init; }

    /// <summary>Sessions that were given the parent.</summary>
    public long Held { get; init; }

    /// <summary>Candidates that sessions supported well enough while the trial went on: they are given to sessions from now on.</summary>
    public ImmutableArray<EntryIntroduction> Admitted { get; init; } = [];

    public string? Reason { get; init; }
}
