using System.Diagnostics.Metrics;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>The metrics of judging.</summary>
internal static class JudgingTelemetry
{
    private static readonly Meter Meter = new(AtlasTelemetry.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "atlas.judging.duration", "s", "How long an attempt at judging took, by outcome: judged, postponed or failed.");

    private static readonly Counter<long> Escalations = Meter.CreateCounter<long>(
        "atlas.judging.escalations", "{session}", "Sessions that the arbiter decided.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "atlas.judging.calls", "{call}", "Calls to language models for judging.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "atlas.judging.tokens", "{token}", "Tokens used for judging, by direction.");

    private static readonly ObservableGauge<double> Drift = Meter.CreateObservableGauge(
        "atlas.judge.drift", () => Measured(Panel?.Drift?.Change), "1", "How far the judge's scores of a fixed panel of sessions have moved, -1 to 1: above 0, it has become more lenient.");

    private static readonly ObservableGauge<double> Agreement = Meter.CreateObservableGauge(
        "atlas.judge.agreement", () => Measured(Panel?.Agreement?.SameSide), "1", "Share of a fixed panel of sessions in which the judge and the outcome are on the same side of one half.");

    /// <summary>The figures of the panel; null if there is none.</summary>
    public static JudgeFigures? Panel { get; set; }

    private static Measurement<double>[] Measured(double? value) => value is { } known ? [new(known)] : [];

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
