using System.Diagnostics.Metrics;
using Atlas.Grains.Telemetry;
using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>What is measured of judging.</summary>
internal static class JudgingTelemetry
{
    private static readonly Meter Meter = new(AtlasTelemetry.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "atlas.judging.duration", "s", "How long an attempt at judging took, by outcome: judged, postponed or failed.");

    private static readonly Counter<long> Escalations = Meter.CreateCounter<long>(
        "atlas.judging.escalations", "{session}", "Sessions that the arbiter decided.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "atlas.judging.calls", "{call}", "Calls of language models for judging.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "atlas.judging.tokens", "{token}", "Tokens of judging, by direction.");

    public static void Record(string outcome, TimeSpan duration, Judgement judgement)
    {
        Duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        Calls.Add(judgement.Usage.Calls);
        Tokens.Add(judgement.Usage.PromptTokens, new KeyValuePair<string, object?>("direction", "prompt"));
        Tokens.Add(judgement.Usage.CompletionTokens, new KeyValuePair<string, object?>("direction", "completion"));
        if (judgement.Reward?.Reward["judges"]?[0]?["escalated"]?.GetValue<bool>() is true)
        {
            Escalations.Add(1);
        }
    }
}
