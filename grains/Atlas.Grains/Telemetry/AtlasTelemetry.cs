using System.Diagnostics;
using System.Diagnostics.Metrics;
using Atlas.Domain;
using Atlas.Storage.Retention;

namespace Atlas.Grains.Telemetry;

/// <summary>The telemetry of Atlas itself: spans of syntheses, and counts of events.</summary>
public static class AtlasTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Atlas.Grains";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> SessionsStarted =
        Meter.CreateCounter<long>("atlas.sessions.started", "{session}", "Sessions opened.");

    internal static readonly Counter<long> SessionsCompleted =
        Meter.CreateCounter<long>("atlas.sessions.completed", "{session}", "Sessions that ended, by status and by whether they teach.");

    internal static readonly Counter<long> SynthesesDeferred = Meter.CreateCounter<long>(
        "atlas.syntheses.deferred", "{synthesis}", "Syntheses postponed because the key's hourly budget was used up.");

    private static readonly Counter<long> Syntheses =
        Meter.CreateCounter<long>("atlas.syntheses", "{synthesis}", "Syntheses that ended, by outcome.");

    private static readonly Histogram<double> SynthesisDuration =
        Meter.CreateHistogram<double>("atlas.synthesis.duration", "s", "How long a synthesis took, by outcome.");

    private static readonly Counter<long> SynthesisTokens =
        Meter.CreateCounter<long>("atlas.synthesis.tokens", "{token}", "Tokens of syntheses, by direction.");

    internal static readonly Counter<long> SessionsLapsed =
        Meter.CreateCounter<long>("atlas.sessions.lapsed", "{session}", "Sessions closed as failed because their lease ran out.");

    internal static readonly Counter<long> Alarms =
        Meter.CreateCounter<long>("atlas.evidence.alarms", "{alarm}", "Alarms about falling rewards of a learning key.");

    internal static readonly Counter<long> Redacted =
        Meter.CreateCounter<long>("atlas.redactions", "{place}", "Places in sessions where a secret or personal data was found, by kind.");

    internal static readonly Counter<long> Redelivered =
        Meter.CreateCounter<long>("atlas.outcomes.redelivered", "{session}", "Outcomes that reached their learning key late.");

    private static readonly Counter<long> Removed =
        Meter.CreateCounter<long>("atlas.retention.removed", "{row}", "Rows that storage.retention has removed, by kind: events, partitions, sessions.");

    internal static void RetentionApplied(RetentionOutcome removed)
    {
        Removed.Add(removed.Events, new KeyValuePair<string, object?>("kind", "events"));
        Removed.Add(removed.Partitions, new KeyValuePair<string, object?>("kind", "partitions"));
        Removed.Add(removed.Sessions, new KeyValuePair<string, object?>("kind", "sessions"));
    }

    internal static void SynthesisEnded(string? outcome, TimeSpan duration, TokenUsage? cost)
    {
        Syntheses.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        SynthesisDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        if (cost is not null)
        {
            SynthesisTokens.Add(cost.PromptTokens, new KeyValuePair<string, object?>("direction", "prompt"));
            SynthesisTokens.Add(cost.CompletionTokens, new KeyValuePair<string, object?>("direction", "completion"));
        }
    }
}
