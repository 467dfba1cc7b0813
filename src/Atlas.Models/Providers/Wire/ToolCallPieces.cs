using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>Puts calls of tools together from the pieces that servers send: with and without ids, all under one index, with the
/// arguments as a text, as an object, or not at all.</summary>
internal sealed class ToolCallPieces
{
    private static readonly string[] Known = ["index", "id", "type", "function"];
    private static readonly string[] KnownOfFunction = ["name", "arguments", "parameters"];

    private readonly List<Call> _calls = [];

    /// <summary>Whether any call was asked for.</summary>
    public bool IsEmpty => _calls.Count == 0;

    /// <summary>Adds what an answer says in <c>tool_calls</c>.</summary>
    /// <param name="pieces">The list.</param>
    /// <param name="areWhole">Whether each item is a whole call, and none a piece of one.</param>
    public void Add(JsonElement pieces, bool areWhole)
    {
        foreach (var (position, piece) in pieces.Objects().Index())
        {
            var function = piece.Member("function");
            Add(piece.Text("id"), areWhole ? position : piece.Number("index"), function.ValueKind == JsonValueKind.Object ? function : piece, piece);
        }
    }

    /// <summary>Adds what a piece says in <c>function_call</c>, the form before there were several calls in one answer.</summary>
    public void AddFunction(JsonElement function)
    {
        if (function.ValueKind == JsonValueKind.Object)
        {
            Add("", null, function, default);
        }
    }

    /// <summary>The calls, complete: each with an id of its own, a name and arguments that are a JSON text.</summary>
    /// <param name="voice">Speaks of a call without a name.</param>
    /// <param name="notes">Remembers what servers want back.</param>
    /// <param name="messageExtras">What the message wants back; goes with the first call.</param>
    public JsonArray Finish(Voice voice, CallNotes? notes, JsonObject messageExtras)
    {
        var result = new JsonArray();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, call) in _calls.Index())
        {
            if (call.Name.Length == 0)
            {
                throw voice.Failure(ModelFailure.Unreadable, "asked for a tool without saying which");
            }

            if (call.Id.Length == 0 || !ids.Add(call.Id))
            {
                ids.Add(call.Id = NewId());
            }

            var extras = new JsonObject();
            if (call.Extras.Count > 0)
            {
                extras["call"] = call.Extras;
            }

            if (index == 0 && messageExtras.Count > 0)
            {
                extras["message"] = messageExtras.DeepClone();
            }

            if (extras.Count > 0)
            {
                notes?.Keep(call.Id, extras);
            }

            result.Add(new JsonObject
            {
                ["index"] = index,
                ["id"] = call.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = ArgumentText.Whole(call.Arguments.ToString()) },
            });
        }

        return result;
    }

    private void Add(string id, long? index, JsonElement function, JsonElement piece)
    {
        var name = function.Text("name");
        var given = function.Member("arguments").ValueKind is JsonValueKind.Undefined ? function.Member("parameters") : function.Member("arguments");
        var arguments = given.ValueKind switch
        {
            JsonValueKind.String => given.Read(),
            JsonValueKind.Object or JsonValueKind.Array => given.GetRawText(),
            _ => "",
        };
        var call = Find(id, index, name, arguments);
        call.Id = call.Id.Length == 0 ? id : call.Id;
        call.Name = call.Name.Length == 0 ? name : call.Name;
        call.Arguments.Append(arguments);
        Keep(piece, Known, call.Extras);
        if (piece.ValueKind == JsonValueKind.Object && piece.Member("function").ValueKind == JsonValueKind.Object)
        {
            var inner = call.Extras["function"] as JsonObject ?? [];
            Keep(function, KnownOfFunction, inner);
            if (inner.Count > 0)
            {
                call.Extras["function"] = inner.Parent is null ? inner : inner.DeepClone();
            }
        }
    }

    /// <summary>The call that a piece belongs to. An index may stand for several calls, and an id may come with every piece of one.</summary>
    private Call Find(string id, long? index, string name, string arguments)
    {
        var last = index is null ? _calls.LastOrDefault() : _calls.LastOrDefault(call => call.Index == index);
        if (id.Length > 0 && _calls.LastOrDefault(call => call.Id == id && (index is null || call.Index == index)) is { } same
            && (name.Length == 0 || name == same.Name) && (!same.IsWhole || arguments.Trim().Length == 0))
        {
            return same;
        }

        var isNamed = name.Length > 0 && last is { Name.Length: > 0 };
        var begins = last is null
            || (isNamed && (last.IsWhole || name != last.Name || (id.Length > 0 && last.Id.Length > 0 && id != last.Id)));
        if (!begins)
        {
            return last!;
        }

        var call = new Call { Index = index };
        _calls.Add(call);
        return call;
    }

    private static void Keep(JsonElement from, string[] known, JsonObject into)
    {
        if (from.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in from.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal) && member.Value.ValueKind is not JsonValueKind.Null)
            {
                into[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }
    }

    // Nine letters and digits, as the strictest of the servers want it.
    private static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", 9);

    private sealed class Call
    {
        public long? Index { get; init; }

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();

        public JsonObject Extras { get; } = [];

        /// <summary>Whether its arguments are complete, so that a further piece with a name is another call.</summary>
        public bool IsWhole => ArgumentText.IsObject(Arguments.ToString());
    }
}
