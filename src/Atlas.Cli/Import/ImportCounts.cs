namespace Atlas.Cli.Import;

/// <summary>How far an import is, or came.</summary>
internal sealed record ImportCounts
{
    /// <summary>Sessions that are new, or were completed now.</summary>
    public required int Imported { get; init; }

    /// <summary>Sessions that had been completed before: by an earlier import, or by the same record further up.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>Records that could not be imported, in the order of the source.</summary>
    public required IReadOnlyList<BadRecord> Bad { get; init; }

    /// <summary>Of both kinds of sessions that have a reward; null if there are none.</summary>
    public required double? MeanReward { get; init; }

    /// <summary>Sessions of both kinds whose records have no reward.</summary>
    public required int Unscored { get; init; }

    /// <summary>Records in which half a character was replaced by U+FFFD.</summary>
    public required int Mended { get; init; }

    /// <summary>Whether the silo learns from no session at all.</summary>
    public required bool LearningIsOff { get; init; }

    /// <summary>Imported sessions that somebody has to approve before they teach.</summary>
    public required int AwaitApproval { get; init; }
}
