using Atlas.Cli.Output;
using Atlas.Cli.Up;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the default ports while no silo of this workspace uses them.</summary>
internal sealed class PortsCheck(AtlasHome home) : ICheck
{
    private const string Name = "ports";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var running = new SiloRegister(home).Running();
        return Task.FromResult<IReadOnlyList<Finding>>(running.Count > 0
            ? [Finding.Ok(Name, $"in use by what is running here: {Join(running.SelectMany(silo => PortCheck.Named(silo.Ports)))}")]
            : FreeOnes());
    }

    private static IReadOnlyList<Finding> FreeOnes()
    {
        var ports = PortCheck.Named(new SiloPorts(SiloPorts.DefaultHttp, SiloPorts.DefaultSilo, SiloPorts.DefaultGateway)).ToList();
        var taken = ports.Where(port => !PortCheck.IsFree(port.Port)).ToList();
        return taken.Count == 0
            ? [Finding.Ok(Name, $"{Join(ports)} are free")]
            : [.. taken.Select(port => Finding.Warning(
                Name,
                $"{port.Port} is in use by another program",
                $"Stop that program, or choose another port: atlas up {port.Option} PORT."))];
    }

    private static string Join(IEnumerable<(int Port, string Option)> ports) =>
        string.Join(", ", ports.Select(port => Wording.Number(port.Port)));
}
