using Atlas.Cli.Database;

namespace Atlas.Cli.Up;

/// <summary>What runs after <c>atlas up</c>.</summary>
/// <param name="Silos">The silos, all healthy.</param>
/// <param name="Database">The database they use.</param>
/// <param name="Started">Those among them that were started now; empty if enough ran already.</param>
internal sealed record RunningCluster(IReadOnlyList<SiloRecord> Silos, DatabaseRecord Database, IReadOnlyList<SiloRecord> Started);
