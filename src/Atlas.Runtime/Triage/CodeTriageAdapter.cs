using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>Work on source code: keys <c>repository</c>, <c>owner</c>, <c>modules</c>, <c>failing_tests</c>.</summary>
internal sealed class CodeTriageAdapter : ITriageAdapter
{
    public TriageDossier Write(string task, JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(metadata);
        var repository = TriageValues.FirstText(metadata, "repository", "repo") ?? "unknown";
        var owner = TriageValues.Text(metadata["owner"]);
        var failing = TriageValues.Texts(metadata["failing_tests"]);
        var modules = TriageValues.Texts(metadata["modules"]);
        return new TriageDossier
        {
            Task = task,
            Summary = TriageValues.FirstText(metadata, "summary", "description") ?? task.Trim(),
            Risks = failing.IsEmpty
                ? []
                : [new TriageRisk("regression", FormattableString.Invariant($"{failing.Length} tests fail already; a change may break more."), TriageSeverity.High)],
            Signals =
            [
                .. failing.IsEmpty ? [] : new[] { new TriageSignal("failing_tests", List(failing)) },
                .. modules.IsEmpty ? [] : new[] { new TriageSignal("modules", List(modules)) },
            ],
            Tags = ["domain:code", $"repo:{repository}", .. owner is null ? [] : new[] { $"owner:{owner}" }, .. TriageValues.Texts(metadata["tags"])],
            Metadata = new JsonObject
            {
                ["repository"] = repository,
                ["owner"] = owner,
                ["modules"] = List(modules),
                ["failing_tests"] = List(failing),
                ["incident_id"] = metadata["incident_id"]?.DeepClone(),
            },
            FingerprintHint = $"code::{repository}",
        };
    }

    private static JsonArray List(ImmutableArray<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
