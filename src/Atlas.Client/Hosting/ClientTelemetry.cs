using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atlas.Client.Hosting;

/// <summary>The telemetry of the client.</summary>
internal static class ClientTelemetry
{
    public const string Name = "Atlas.Client";
    public const string OrleansSource = "Microsoft.Orleans.Application";
    public const string OrleansMeter = "Microsoft.Orleans";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> SessionsStarted { get; } =
        Meter.CreateCounter<long>("atlas.client.sessions.started", "{session}", "Sessions that this application opened.");

    public static Counter<long> Outages { get; } =
        Meter.CreateCounter<long>("atlas.client.calls.failed", "{call}", "Calls that no silo answered, including all retries.");
}
