using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Cli.Quickstart;

/// <summary>The document of <c>atlas quickstart --evidence --json</c>.</summary>
internal sealed record EvidenceReport
{
    public required string LearningKey { get; init; }

    /// <summary>Repeats which sessions succeed, given what they are told.</summary>
    public required string Seed { get; init; }

    public required int Sessions { get; init; }

    /// <summary>Whether learning helps this key, in plain words.</summary>
    public required string Summary { get; init; }

    public required ImmutableArray<EvidenceReportEntry> Entries { get; init; }
}

/// <summary>What was found of a planted entry.</summary>
internal sealed record EvidenceReportEntry
{
    public required string Id { get; init; }

    /// <summary><c>harmful</c>, <c>useless</c> or <c>helpful</c>: the truth.</summary>
    public required string Planted { get; init; }

    /// <summary>Where it stands in the end.</summary>
    public required EntryTrialState State { get; init; }

    /// <summary>Sessions that were drawn for it and counted.</summary>
    public required long Sessions { get; init; }

    /// <summary>The estimated effect on the reward, −1 to 1; null without a session on both sides.</summary>
    public required double? Estimate { get; init; }

    /// <summary>Its lower bound.</summary>
    public required double Low { get; init; }

    /// <summary>Its upper bound.</summary>
    public required double High { get; init; }

    /// <summary>The effect it was given.</summary>
    public required double Truth { get; init; }

    /// <summary>After how many sessions of the key no session was given it any more; null if it stayed.</summary>
    public required int? GoneAfter { get; init; }
}
