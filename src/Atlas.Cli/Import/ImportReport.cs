namespace Atlas.Cli.Import;

/// <summary>The result of an import and the resulting status of the key: the document of <c>atlas import … --json</c>.</summary>
internal sealed record ImportReport
{
    public required string Source { get; init; }

    public required string LearningKey { get; init; }

    public required int Imported { get; init; }

    public required int AlreadyThere { get; init; }

    public required IReadOnlyList<BadRecord> Bad { get; init; }

    /// <summary>Gets the mean reward of the sessions; null if none has a reward.</summary>
    public required double? MeanReward { get; init; }

    /// <summary>Gets the number of sessions whose records have no reward.</summary>
    public required int Unscored { get; init; }

    /// <summary>Gets the number of records in which a lone surrogate was replaced with U+FFFD.</summary>
    public required int Mended { get; init; }

    /// <summary>Gets a value indicating whether the silo does not learn from any session.</summary>
    public required bool LearningIsOff { get; init; }

    /// <summary>Gets the number of newly imported sessions that somebody has to approve before they teach.</summary>
    public required int AwaitApproval { get; init; }

    /// <summary>Gets the duration for the sessions alone, without the wait for the playbook.</summary>
    public required double Seconds { get; init; }

    public required double SessionsPerSecond { get; init; }

    /// <summary>Gets the newest version of the playbook; null if the import stopped before it could be asked.</summary>
    public required int? PlaybookVersion { get; init; }

    /// <summary>Gets the number of sessions that have taught the key, over all imports and runs; null if unknown.</summary>
    public required long? SessionsApplied { get; init; }

    /// <summary>Gets the number of sessions that still wait to be counted, or for a synthesis; null if unknown.</summary>
    public required int? Pending { get; init; }

    /// <summary>Gets why the import stopped before its end; null if it did not.</summary>
    public required string? Stopped { get; init; }
}
