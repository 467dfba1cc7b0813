using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain.Json;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Modes;

/// <summary>The probe's answer.</summary>
/// <param name="Mode">The mode it names; null if it names none of the three.</param>
/// <param name="Confidence">The confidence, from 0 to 1; null if it gives no number in this range.</param>
/// <param name="Raw">The answer as it was given.</param>
internal sealed record ProbeAnswer(SupervisionMode? Mode, double? Confidence, JsonNode? Raw)
{
    public static ProbeAnswer Read(string text)
    {
        if (ReplyJson.Find(text) is not JsonObject answer)
        {
            return new ProbeAnswer(null, null, text);
        }

        var mode = JsonValues.Text(answer["mode"]).Trim().ToLowerInvariant() switch
        {
            "auto" => SupervisionMode.Auto,
            "paired" => SupervisionMode.Paired,
            "coach" => SupervisionMode.Coach,
            _ => (SupervisionMode?)null,
        };
        var confidence = answer["confidence"]?.GetValueKind() == JsonValueKind.Number
            ? JsonSerializer.Deserialize<double>(answer["confidence"], AtlasJson.Options)
            : double.NaN;
        return new ProbeAnswer(mode, confidence is >= 0 and <= 1 ? confidence : null, answer);
    }

    /// <summary>Converts to the form of <c>adaptive_summary.probe</c>.</summary>
    public JsonObject ToJson() => new() { ["mode"] = ModeRules.NameOf(Mode), ["confidence"] = Confidence };
}
