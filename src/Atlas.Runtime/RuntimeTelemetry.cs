using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atlas.Runtime;

/// <summary>The OpenTelemetry name of the runtime.</summary>
public static class RuntimeTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Atlas.Runtime";

    internal static ActivitySource Source { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    internal static Counter<long> Runs { get; } = Meter.CreateCounter<long>("atlas.runtime.sessions", "{session}", "Sessions that were run, by status and mode.");

    internal static Histogram<double> Durations { get; } = Meter.CreateHistogram<double>("atlas.runtime.session.duration", "s", "Time from the start of a session to its answer.");
}
