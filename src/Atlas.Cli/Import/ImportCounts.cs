namespace Atlas.Cli.Import;

/// <summary>How far an import is, or came.</summary>
/// <param name="Imported">Sessions that are new, or were completed now.</param>
/// <param name="AlreadyThere">Sessions that an earlier import had completed.</param>
/// <param name="Bad">Records that could not be imported, in the order of the source.</param>
/// <param name="MeanReward">Of both kinds of sessions; null if there are none.</param>
internal sealed record ImportCounts(int Imported, int AlreadyThere, IReadOnlyList<BadRecord> Bad, double? MeanReward);
