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
        var found = $"{silo.Name} is {health.State} at {silo.Ports.HttpAddress}{(health.Trouble is { } trouble ? $". {trouble}" : "")}";
        return health.State == "healthy" ? Finding.Ok(Name, found)
            : health.IsHealthy ? Finding.Warning(Name, found, $"The silo works. {silo.Log} says what to do.")
            : Finding.Problem(Name, found, $"See {silo.Log}. If it does not recover, restart it: atlas down, then atlas up --detach.");
    }
}
