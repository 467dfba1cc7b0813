using System.Collections.Immutable;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Domain.Playbooks;

namespace Atlas.Cli.Quickstart;

/// <summary>The document of <c>atlas quickstart --json</c>.</summary>
internal sealed record QuickstartReport
{
    public required string LearningKey { get; init; }

    /// <summary>Gets a value indicating whether the models are scripted.</summary>
    public required bool Scripted { get; init; }

    /// <summary>Gets the student's model; null if it is scripted.</summary>
    public required string? Model { get; init; }

    /// <summary>Gets the number of sessions that the key had before.</summary>
    public required long SessionsBefore { get; init; }

    public required ImmutableArray<QuickstartRow> Rows { get; init; }

    /// <summary>Gets what was learned from the first of these tasks to the last; null if nothing was.</summary>
    public required DifferenceDocument? Learned { get; init; }

    /// <summary>Gets the final entries.</summary>
    public required ImmutableArray<PlaybookEntry> Entries { get; init; }

    /// <summary>Gets the address of the key's page in the console, available while a silo runs there.</summary>
    public required Uri Page { get; init; }
}
