using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Queries;

namespace Atlas.Cli.Sessions;

/// <summary>The document of <c>atlas session show --json</c>: the columns of the list, and all details.</summary>
internal static class SessionDocument
{
    public static JsonObject Of(SessionDetail session)
    {
        var document = JsonSerializer.SerializeToNode(session.Summary, AtlasJson.Options)!.AsObject();
        var details = JsonSerializer.SerializeToNode(session, AtlasJson.Options)!.AsObject();
        details.Remove("summary");
        foreach (var (name, value) in details.ToList())
        {
            // In the list, `reward` is the score; the complete record gets another name.
            document[name == "reward" ? "reward_record" : name] = value?.DeepClone();
        }

        return document;
    }
}
