using System.Text.Json;
using Atlas.Cli.Up;

namespace Atlas.Cli.Status;

/// <summary>A silo in <c>atlas status --json</c>.</summary>
internal sealed record SiloStatus
{
    public required string Name { get; init; }

    public required int Pid { get; init; }

    public required int HttpPort { get; init; }

    public required int SiloPort { get; init; }

    public required int GatewayPort { get; init; }

    public required string SiloAddress { get; init; }

    public required string GatewayAddress { get; init; }

    public required string HttpAddress { get; init; }

    public required string HealthAddress { get; init; }

    public required string DashboardAddress { get; init; }

    /// <summary>Gets the health: <c>healthy</c>, <c>degraded</c>, <c>unhealthy</c>, <c>unreachable</c> or <c>stopped</c>.</summary>
    public required string Health { get; init; }

    /// <summary>Gets what the silo itself reports.</summary>
    public required JsonElement? HealthDetail { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Log { get; init; }

    public static async Task<SiloStatus> OfAsync(SiloRecord silo, HttpClient http, CancellationToken cancellation)
    {
        var health = silo.Process.IsAlive ? await SiloHealth.AskAsync(http, silo.Ports, cancellation) : SiloHealth.Stopped;
        return new SiloStatus
        {
            Name = silo.Name,
            Pid = silo.Process.Pid,
            HttpPort = silo.Ports.Http,
            SiloPort = silo.Ports.Silo,
            GatewayPort = silo.Ports.Gateway,
            SiloAddress = silo.Ports.SiloAddress,
            GatewayAddress = silo.Ports.GatewayAddress,
            HttpAddress = silo.Ports.HttpAddress.ToString(),
            HealthAddress = new Uri(silo.Ports.HttpAddress, "/health").ToString(),
            DashboardAddress = new Uri(silo.Ports.HttpAddress, "/orleans").ToString(),
            Health = health.State,
            HealthDetail = health.Detail,
            StartedAt = silo.StartedAt,
            Log = silo.Log,
        };
    }
}
