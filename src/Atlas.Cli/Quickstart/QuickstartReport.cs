using System.Collections.Immutable;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Domain.Playbooks;

namespace Atlas.Cli.Quickstart;

/// <summary>The document of <c>atlas quickstart --json</c>.</summary>
internal sealed record QuickstartReport
{
    public required string LearningKey { get; init; }

    /// <summary>Whether the models are scripted.</summary>
    public required bool Scripted { get; init; }

    /// <summary>The student's model; null if it is scripted.</summary>
    public required string? Model { get; init; }

    /// <summary>How many sessions the key had before.</summary>
    public required long SessionsBefore { get; init; }

    public required ImmutableArray<QuickstartRow> Rows { get; init; }

    /// <summary>What was learned from the first of these tasks to the last; null if nothing was.</summary>
    public required DifferenceDocument? Learned { get; init; }

    /// <summary>The entries that stand in the end.</summary>
    public required ImmutableArray<PlaybookEntry> Entries { get; init; }
}
