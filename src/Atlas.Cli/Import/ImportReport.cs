namespace Atlas.Cli.Import;

/// <summary>What an import did, and where the key stands after it: the document of <c>atlas import … --json</c>.</summary>
internal sealed record ImportReport
{
    public required string Source { get; init; }

    public required string LearningKey { get; init; }

    public required int Imported { get; init; }

    public required int AlreadyThere { get; init; }

    public required IReadOnlyList<BadRecord> Bad { get; init; }

    /// <summary>Of the sessions that have a reward; null if none has.</summary>
    public required double? MeanReward { get; init; }

    /// <summary>Sessions whose records have no reward.</summary>
    public required int Unscored { get; init; }

    /// <summary>Records in which half a character was replaced by U+FFFD.</summary>
    public required int Mended { get; init; }

    /// <summary>Whether the silo learns from no session at all.</summary>
    public required bool LearningIsOff { get; init; }

    /// <summary>Sessions imported now that somebody has to approve before they teach.</summary>
    public required int AwaitApproval { get; init; }

    /// <summary>For the sessions alone, without the wait for the playbook.</summary>
    public required double Seconds { get; init; }

    public required double SessionsPerSecond { get; init; }

    public required int PlaybookVersion { get; init; }

    /// <summary>Sessions that have taught the key, over all imports and runs.</summary>
    public required long SessionsApplied { get; init; }

    /// <summary>Sessions that still wait to be counted, or for a synthesis.</summary>
    public required int Pending { get; init; }
}
