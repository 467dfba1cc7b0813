using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>A customer's request: keys <c>product_area</c>, <c>customer_tier</c>, <c>sentiment</c>, <c>csat</c>.</summary>
internal sealed class SupportTriageAdapter : ITriageAdapter
{
    public TriageDossier Write(string task, JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(metadata);
        var product = TriageValues.FirstText(metadata, "product_area", "product") ?? "general";
        var tier = TriageValues.FirstText(metadata, "customer_tier", "tier") ?? "standard";
        var precious = tier.ToLowerInvariant() is "enterprise" or "premium";
        return new TriageDossier
        {
            Task = task,
            Summary = TriageValues.FirstText(metadata, "summary", "description") ?? task.Trim(),
            Risks =
            [
                new TriageRisk(
                    "customer_experience",
                    $"A wrong or late answer costs the trust of a customer of the tier {tier}.",
                    precious ? TriageSeverity.High : TriageSeverity.Moderate),
            ],
            Signals =
            [
                new TriageSignal("customer.tier", tier),
                .. metadata["sentiment"] is { } sentiment ? [new TriageSignal("customer.sentiment", sentiment.DeepClone())] : Array.Empty<TriageSignal>(),
                .. metadata["csat"] is { } csat ? [new TriageSignal("customer.csat", csat.DeepClone())] : Array.Empty<TriageSignal>(),
            ],
            Tags = ["domain:support", $"tier:{tier}", $"product:{product}", .. TriageValues.Texts(metadata["tags"])],
            Metadata = new JsonObject
            {
                ["product_area"] = product,
                ["customer_tier"] = tier,
                ["case_id"] = metadata["case_id"]?.DeepClone(),
                ["ticket_id"] = metadata["ticket_id"]?.DeepClone(),
                ["incident_id"] = metadata["incident_id"]?.DeepClone(),
            },
            FingerprintHint = $"support::{product}",
        };
    }
}
