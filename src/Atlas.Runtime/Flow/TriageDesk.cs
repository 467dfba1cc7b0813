using System.Text.Json.Nodes;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Triage;

namespace Atlas.Runtime.Flow;

/// <summary>Writes the dossier with the configured adapter, or with the default one if that is unknown or fails.</summary>
internal static class TriageDesk
{
    private const string DefaultName = "default";
    private const int MostRisks = 3;
    private const int MostTags = 5;

    public static TriageDossier Write(RunContext run, EventSpan parent)
    {
        var name = run.Configuration.AdaptiveTeaching.TriageAdapter ?? DefaultName;
        var span = run.Events.Start(EventKind.Custom, "triage", Actors.Runtime, new JsonObject { ["adapter"] = name }, parent);
        var dossier = Try(run, name) ?? TriageAdapters.Default.Write(run.Task, run.Metadata);
        span.End(new JsonObject
        {
            ["summary"] = dossier.Summary,
            ["risks"] = new JsonArray([.. dossier.Risks.Take(MostRisks).Select(risk => (JsonNode)risk.Description)]),
            ["tags"] = new JsonArray([.. dossier.Tags.Take(MostTags).Select(tag => (JsonNode)tag)]),
        });
        return dossier;
    }

    private static TriageDossier? Try(RunContext run, string name)
    {
        var adapter = run.Parts.TriageAdapters.GetValueOrDefault(name) ?? TriageAdapters.ByName.GetValueOrDefault(name);
        if (adapter is null)
        {
            run.Warn($"There is no triage adapter '{name}'; the default one is used. Add it to RuntimeParts.TriageAdapters.");
            return null;
        }

        try
        {
            return adapter.Write(run.Task, (JsonObject)run.Metadata.DeepClone());
        }
        catch (Exception failure)
        {
            run.Warn($"The triage adapter '{name}' failed ({failure.Message.TrimEnd('.')}); the default one is used.");
            return null;
        }
    }
}
