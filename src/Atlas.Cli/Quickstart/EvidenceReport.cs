using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Cli.Quickstart;

/// <summary>The document of <c>atlas quickstart --evidence --json</c>.</summary>
internal sealed record EvidenceReport
{
    public required string LearningKey { get; init; }

    /// <summary>Gets the seed, which makes the outcome of sessions reproducible, given what they are told.</summary>
    public required string Seed { get; init; }

    public required int Sessions { get; init; }

    /// <summary>Gets a summary in plain words of whether learning helps this key.</summary>
    public required string Summary { get; init; }

    public required ImmutableArray<EvidenceReportEntry> Entries { get; init; }
}

/// <summary>What was found about a planted entry.</summary>
internal sealed record EvidenceReportEntry
{
    public required string Id { get; init; }

    /// <summary>Gets the truth: <c>harmful</c>, <c>useless</c> or <c>helpful</c>.</summary>
    public required string Planted { get; init; }

    /// <summary>Gets its final state.</summary>
    public required EntryTrialState State { get; init; }

    /// <summary>Gets the number of sessions that were drawn for it and counted.</summary>
    public required long Sessions { get; init; }

    /// <summary>Gets the estimated effect on the reward, −1 to 1; null without a session on both sides.</summary>
    public required double? Estimate { get; init; }

    /// <summary>Gets the lower bound of the effect.</summary>
    public required double Low { get; init; }

    /// <summary>Gets the upper bound of the effect.</summary>
    public required double High { get; init; }

    /// <summary>Gets the effect it was given.</summary>
    public required double Truth { get; init; }

    /// <summary>Gets the number of sessions of the key after which no session got it any more; null if it stayed.</summary>
    public required int? GoneAfter { get; init; }
}
