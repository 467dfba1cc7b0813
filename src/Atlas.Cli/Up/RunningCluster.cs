using Atlas.Cli.Database;

namespace Atlas.Cli.Up;

/// <summary>What is running after <c>atlas up</c>.</summary>
/// <param name="Silos">The silos, all healthy.</param>
/// <param name="Database">The database they use.</param>
/// <param name="Started">Those that were started now; empty if enough were already running.</param>
internal sealed record RunningCluster(IReadOnlyList<SiloRecord> Silos, DatabaseRecord Database, IReadOnlyList<SiloRecord> Started);
