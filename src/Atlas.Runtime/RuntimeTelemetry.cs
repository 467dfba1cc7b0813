using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atlas.Runtime;

/// <summary>Under which name the runtime's spans and figures go to OpenTelemetry.</summary>
public static class RuntimeTelemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "Atlas.Runtime";

    internal static ActivitySource Source { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    internal static Counter<long> Runs { get; } = Meter.CreateCounter<long>("atlas.runtime.sessions", "{session}", "Sessions that were run, by status and mode.");

    internal static Histogram<double> Durations { get; } = Meter.CreateHistogram<double>("atlas.runtime.session.duration", "s", "From the start of a session to its answer.");
}
