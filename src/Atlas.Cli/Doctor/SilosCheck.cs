using Atlas.Cli.Up;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the silos of this workspace.</summary>
internal sealed class SilosCheck(AtlasHome home) : ICheck
{
    private const string Name = "silo";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var silos = new SiloRegister(home).All();
        if (silos.Count == 0)
        {
            return [Finding.Warning(Name, "none is running here", "Start one: atlas up --detach.")];
        }

        using var http = SiloHttp.Create();
        return await Task.WhenAll(silos.Select(silo => ExamineAsync(silo, http, cancellation)));
    }

    private static async Task<Finding> ExamineAsync(SiloRecord silo, HttpClient http, CancellationToken cancellation)
    {
        if (!silo.Process.IsAlive)
        {
            return Finding.Problem(
                Name,
                $"{silo.Name} died; it was process {silo.Process.Pid}",
                $"See {silo.Log}, then start it again: atlas up --detach. No acknowledged data is lost.");
        }

        var health = await SiloHealth.AskAsync(http, silo.Ports, cancellation);
        return health.IsHealthy
            ? Finding.Ok(Name, $"{silo.Name} is healthy at {silo.Ports.HttpAddress}")
            : Finding.Problem(
                Name,
                $"{silo.Name} is {health.State} at {silo.Ports.HttpAddress}",
                $"See {silo.Log}. If it does not recover, restart it: atlas down, then atlas up --detach.");
    }
}
