namespace Atlas.Cli.Import;

/// <summary>The progress or result of an import.</summary>
internal sealed record ImportCounts
{
    /// <summary>Gets the number of sessions that are new, or were completed now.</summary>
    public required int Imported { get; init; }

    /// <summary>Gets the number of sessions that had been completed before: by an earlier import, or by the same record further
    /// up.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>Gets the records that could not be imported, in the order of the source.</summary>
    public required IReadOnlyList<BadRecord> Bad { get; init; }

    /// <summary>Gets the mean reward of both kinds of sessions; null if none has a reward.</summary>
    public required double? MeanReward { get; init; }

    /// <summary>Gets the number of sessions of both kinds whose records have no reward.</summary>
    public required int Unscored { get; init; }

    /// <summary>Gets the number of records in which a lone surrogate was replaced with U+FFFD.</summary>
    public required int Mended { get; init; }

    /// <summary>Gets a value indicating whether the silo does not learn from any session.</summary>
    public required bool LearningIsOff { get; init; }

    /// <summary>Gets the number of imported sessions that somebody has to approve before they teach.</summary>
    public required int AwaitApproval { get; init; }
}
