using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>The trial of a version against its parent has ended.</summary>
public sealed record CanaryConcluded : LearningKeyEvent
{
    public required CanaryDecision Decision { get; init; }

    /// <summary>The version on trial.</summary>
    public required int Version { get; init; }

    /// <summary>The version it was compared with.</summary>
    public required int Parent { get; init; }

    /// <summary>The estimate, −1 to 1; null if the trial ended without one.</summary>
    public double? Effect { get; init; }

    /// <summary>Number of sessions that got the version.</summary>
    public long Shown { get; init; }

    /// <summary>Number of sessions that got the parent.</summary>
    public long Held { get; init; }

    /// <summary>Candidates that gained enough support while the trial was running: sessions get them from now on.</summary>
    public ImmutableArray<EntryIntroduction> Admitted { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>Whether an epoch of <c>learning.publish</c> begins; null if there are no epochs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? BeginsEpoch { get; init; }
}
