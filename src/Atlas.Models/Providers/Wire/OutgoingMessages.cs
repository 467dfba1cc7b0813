using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>Adds to a request of OpenAI's protocol what the vendor's package does not: arguments that every server can read, and what
/// servers need back with a tool call.</summary>
internal static class OutgoingMessages
{
    public static void Complete(JsonObject request, CallNotes? notes)
    {
        foreach (var message in (request["messages"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var call in (message["tool_calls"] as JsonArray ?? []).OfType<JsonObject>().ToArray())
            {
                if (call["function"] is JsonObject function)
                {
                    // The templates of some servers accept only an object here.
                    var arguments = ArgumentText.Whole(function["arguments"]?.ToString() ?? "");
                    function["arguments"] = ArgumentText.IsObject(arguments) ? arguments : "{}";
                }

                if (call["id"]?.ToString() is { } id && notes?.Find(id) is { } extras)
                {
                    Lay(extras["call"] as JsonObject, call);
                    Lay(extras["message"] as JsonObject, message);
                }
            }
        }
    }

    private static void Lay(JsonObject? extras, JsonObject over)
    {
        foreach (var (name, value) in extras ?? [])
        {
            if (over[name] is JsonObject inner && value is JsonObject more)
            {
                Lay(more, inner);
            }
            else
            {
                over[name] = value?.DeepClone();
            }
        }
    }
}
