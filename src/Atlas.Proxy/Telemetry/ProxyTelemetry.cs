using System.Diagnostics.Metrics;

namespace Atlas.Proxy.Telemetry;

/// <summary>Metrics of the proxy.</summary>
public static class ProxyTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Atlas.Proxy";

    private static readonly Meter Meter = new(Name);

    internal static Counter<long> Calls { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls", "{call}", "Forwarded calls, by upstream and by whether they carried a playbook.");

    internal static Counter<long> Degraded { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls.degraded", "{call}", "Calls forwarded without something that Atlas normally does, by what was left out.");

    internal static Counter<long> Outages { get; } =
        Meter.CreateCounter<long>("atlas.proxy.outages", "{outage}", "How often the cluster or the database did not answer in time.");

    internal static Counter<long> Unrecorded { get; } =
        Meter.CreateCounter<long>("atlas.proxy.calls.unrecorded", "{call}", "Calls of recorded sessions that could not be recorded, by reason.");

    internal static Counter<long> InputTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.input", "{token}", "Tokens sent, by upstream and by whether the calls carried a playbook.");

    internal static Counter<long> CachedTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.cached", "{token}", "Tokens sent that the vendor read from its cache.");

    internal static Counter<long> OutputTokens { get; } =
        Meter.CreateCounter<long>("atlas.proxy.tokens.output", "{token}", "Tokens received.");

    internal static Counter<long> Outcomes { get; } =
        Meter.CreateCounter<long>("atlas.proxy.outcomes", "{session}", "Sessions that the webhook was asked about, by its answer: reward, none, failed.");

    internal static Histogram<double> FirstByte { get; } =
        Meter.CreateHistogram<double>("atlas.proxy.first_byte", "ms", "Time to the first byte of an answer.");
}

/// <summary>Log messages of the proxy.</summary>
internal static partial class ProxyLog
{
    [LoggerMessage(1600, LogLevel.Warning, "Calls continue with the last known playbooks, or without one: {Reason}")]
    public static partial void GoesOnWithout(this ILogger logger, string reason);

    [LoggerMessage(1601, LogLevel.Information, "The cluster and the database answer again.")]
    public static partial void IsBack(this ILogger logger);

    [LoggerMessage(1602, LogLevel.Warning, "Session {SessionId} could not be recorded: {Reason}")]
    public static partial void NotRecorded(this ILogger logger, long sessionId, string reason);

    [LoggerMessage(1603, LogLevel.Warning, "Budgets could not be counted: {Reason}")]
    public static partial void NotCounted(this ILogger logger, string reason);

    [LoggerMessage(1604, LogLevel.Error, "{Method} {Path} failed because of an error in the proxy.")]
    public static partial void Failed(this ILogger logger, Exception failure, string method, string path);

    [LoggerMessage(1605, LogLevel.Debug, "The cluster could not be notified that sessions are recorded here: {Reason}")]
    public static partial void NotJoined(this ILogger logger, string reason);

    [LoggerMessage(1606, LogLevel.Warning, "The webhook of proxy.outcome gave no outcome for session {SessionId}, which ends without one: {Reason}")]
    public static partial void NotAsked(this ILogger logger, long sessionId, string reason);
}
