using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>The document of <c>atlas playbook history --json</c>: the versions, each with the decisions on it.</summary>
internal static class HistoryDocument
{
    public static JsonArray Of(KeyHistory history)
    {
        var decisions = history.Decisions.ToLookup(decision => decision.Version);
        return [.. history.Versions.Select(version =>
        {
            var line = (JsonObject)JsonSerializer.SerializeToNode(version, AtlasJson.Options)!;
            line["current"] = history.StandingOf(version.Version) is "current" or "pinned";
            line["decisions"] = JsonSerializer.SerializeToNode(decisions[version.Version].ToArray(), AtlasJson.Options);
            return line;
        })];
    }
}
