using System.Diagnostics.Metrics;

namespace Atlas.Proxy.Telemetry;

/// <summary>What the proxy reports.</summary>
public static class ProxyTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Atlas.Proxy";

    private static readonly Meter Meter = new(Name);

    internal static Counter<long> Calls { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls", "{call}", "Calls that passed, by upstream and by whether a playbook went with them.");

    internal static Counter<long> Degraded { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls.degraded", "{call}", "Calls that passed without something that Atlas does otherwise, by what it was.");

    internal static Counter<long> Outages { get; } =
        Meter.CreateCounter<long>("atlas.proxy.outages", "{outage}", "How often cluster or database did not answer in time.");

    internal static Counter<long> Unrecorded { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls.unrecorded", "{call}", "Calls of recorded sessions whose copy could not be kept, by why.");

    internal static Counter<long> InputTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.input", "{token}", "Tokens sent, by upstream and by whether a playbook went with them.");

    internal static Counter<long> CachedTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.cached", "{token}", "Of the tokens sent, those that the vendor read from its cache.");

    internal static Counter<long> OutputTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.output", "{token}", "Tokens received.");

    internal static Histogram<double> FirstByte { get; } =
        Meter.CreateHistogram<double>("atlas.proxy.first_byte", "ms", "Time to the first byte of an answer.");
}

/// <summary>What the proxy says in the log.</summary>
internal static partial class ProxyLog
{
    [LoggerMessage(1600, LogLevel.Warning, "Calls go on with the last known playbooks, or without: {Reason}")]
    public static partial void GoesOnWithout(this ILogger logger, string reason);

    [LoggerMessage(1601, LogLevel.Information, "Cluster and database answer again.")]
    public static partial void IsBack(this ILogger logger);

    [LoggerMessage(1602, LogLevel.Warning, "Session {SessionId} could not be recorded: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(1603, LogLevel.Warning, "Budgets could not be counted: {Reason}")]
    public static partial void NotCounted(this ILogger logger, string reason);

    [LoggerMessage(1604, LogLevel.Error, "{Method} {Path} met a fault of the proxy.")]
    public static partial void Failed(this ILogger logger, Exception failure, string method, string path);
}
