using System.Collections.Immutable;

namespace Atlas.Queries.Keys;

/// <summary>The versions of a key and the decisions on them, newest first.</summary>
/// <param name="Current">The version that sessions get; 0 if they get none.</param>
/// <param name="IsPinned">Whether the key is pinned to it.</param>
/// <param name="Trial">The version on trial, and the one it is compared with; null for none.</param>
/// <param name="Versions">Its versions.</param>
/// <param name="Decisions">Decisions to stage, promote, pin and freeze.</param>
public sealed record KeyHistory(
    int Current, bool IsPinned, VersionTrial? Trial, ImmutableArray<VersionSummary> Versions, ImmutableArray<KeyDecision> Decisions)
{
    /// <summary>Returns <c>current</c>, <c>pinned</c>, <c>candidate</c> (newer than the current version), <c>on trial against</c> its
    /// parent, or nothing.</summary>
    public string StandingOf(int version) => version == Trial?.Version ? $"on trial against {Trial.Parent}"
        : version == Current ? IsPinned ? "pinned" : "current" : version > Current ? "candidate" : "";
}

/// <summary>Two versions, one of which each session gets at random.</summary>
/// <param name="Version">The version on trial.</param>
/// <param name="Parent">The version it is compared with; null for none.</param>
public sealed record VersionTrial(int Version, int? Parent);
