using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atlas.Grains.Hosting;

/// <summary>What Atlas itself reports: spans of syntheses, and counts of what happened.</summary>
public static class AtlasTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Atlas.Grains";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> SessionsStarted =
        Meter.CreateCounter<long>("atlas.sessions.started", "{session}", "Sessions opened.");

    internal static readonly Counter<long> SessionsCompleted =
        Meter.CreateCounter<long>("atlas.sessions.completed", "{session}", "Sessions ended, by status and by what became of their learning.");

    internal static readonly Counter<long> Syntheses =
        Meter.CreateCounter<long>("atlas.syntheses", "{synthesis}", "Syntheses ended, by outcome.");

    internal static readonly Counter<long> SessionsLapsed =
        Meter.CreateCounter<long>("atlas.sessions.lapsed", "{session}", "Sessions closed as failed because their runtime was silent for their lease.");

    internal static readonly Counter<long> Redelivered =
        Meter.CreateCounter<long>("atlas.outcomes.redelivered", "{session}", "Outcomes that reached their learning key late.");
}
