using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>Work on a service in operation: keys <c>service</c>, <c>impact</c>, <c>alerts</c>, <c>recent_changes</c>.</summary>
internal sealed class SreTriageAdapter : ITriageAdapter
{
    private const int MostChanges = 3;

    public TriageDossier Write(string task, JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(metadata);
        var service = TriageValues.Text(metadata["service"]) ?? "unknown";
        var alerts = TriageValues.Items(metadata["alerts"]).ToArray();
        return new TriageDossier
        {
            Task = task,
            Summary = TriageValues.FirstText(metadata, "summary", "description") ?? task.Trim(),
            Risks =
            [
                new TriageRisk("availability", $"The service {service} may fail for its users while it is worked on.", TriageSeverity.High),
                new TriageRisk("change", "A hasty change may hide the cause or spread the trouble.", TriageSeverity.Moderate),
            ],
            Signals =
            [
                new TriageSignal("alerts.active_count", alerts.Length),
                .. TriageValues.Items(metadata["recent_changes"] ?? metadata["recent_change"])
                    .Take(MostChanges)
                    .Select(change => new TriageSignal("recent_change", change?.DeepClone())),
            ],
            Tags = ["domain:sre", $"service:{service}", .. TriageValues.Texts(metadata["tags"])],
            Metadata = new JsonObject
            {
                ["service"] = service,
                ["impact"] = metadata["impact"]?.DeepClone(),
                ["alerts"] = new JsonArray([.. alerts.Select(alert => alert?.DeepClone())]),
                ["incident_id"] = metadata["incident_id"]?.DeepClone(),
            },
            FingerprintHint = $"sre::{service}",
        };
    }
}
