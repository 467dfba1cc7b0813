using System.Diagnostics;
using System.Diagnostics.Metrics;
using Atlas.Domain;

namespace Atlas.Grains.Telemetry;

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

    internal static readonly Counter<long> SynthesesDeferred = Meter.CreateCounter<long>(
        "atlas.syntheses.deferred", "{synthesis}", "Syntheses put off because the hour's budget of their key was used up.");

    private static readonly Counter<long> Syntheses =
        Meter.CreateCounter<long>("atlas.syntheses", "{synthesis}", "Syntheses ended, by outcome.");

    private static readonly Histogram<double> SynthesisDuration =
        Meter.CreateHistogram<double>("atlas.synthesis.duration", "s", "How long a synthesis took, by outcome.");

    private static readonly Counter<long> SynthesisTokens =
        Meter.CreateCounter<long>("atlas.synthesis.tokens", "{token}", "Tokens of syntheses, by direction.");

    internal static readonly Counter<long> SessionsLapsed =
        Meter.CreateCounter<long>("atlas.sessions.lapsed", "{session}", "Sessions closed as failed because their runtime was silent for their lease.");

    internal static readonly Counter<long> Alarms =
        Meter.CreateCounter<long>("atlas.evidence.alarms", "{alarm}", "Alarms that rewards of a learning key have become lower than they were.");

    internal static readonly Counter<long> Redacted =
        Meter.CreateCounter<long>("atlas.redactions", "{place}", "Places of sessions at which a secret or personal data was found, by kind.");

    internal static readonly Counter<long> Redelivered =
        Meter.CreateCounter<long>("atlas.outcomes.redelivered", "{session}", "Outcomes that reached their learning key late.");

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
