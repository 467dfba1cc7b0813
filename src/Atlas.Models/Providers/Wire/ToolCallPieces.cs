using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>Assembles tool calls from the chunks that servers send: with or without ids, all under one index, with the arguments as a
/// string, as an object, or missing.</summary>
internal sealed class ToolCallPieces
{
    private static readonly string[] Known = ["index", "id", "type", "function"];
    private static readonly string[] KnownOfFunction = ["name", "arguments", "parameters"];

    private readonly List<Call> _calls = [];

    /// <summary>Gets a value indicating whether there are no calls.</summary>
    public bool IsEmpty => _calls.Count == 0;

    /// <summary>Adds the <c>tool_calls</c> of an answer.</summary>
    /// <param name="pieces">The list.</param>
    /// <param name="areWhole">True if each item is a complete call and not a chunk of one.</param>
    public void Add(JsonElement pieces, bool areWhole)
    {
        foreach (var (position, piece) in pieces.Objects().Index())
        {
            var function = piece.Member("function");
            Add(piece.Text("id"), areWhole ? position : piece.Number("index"), function.ValueKind == JsonValueKind.Object ? function : piece, piece);
        }
    }

    /// <summary>Adds the <c>function_call</c> of a chunk, the older form for a single call per answer.</summary>
    public void AddFunction(JsonElement function)
    {
        if (function.ValueKind == JsonValueKind.Object)
        {
            Add("", null, function, default);
        }
    }

    /// <summary>Returns the complete calls, each with a unique id, a name and arguments in JSON.</summary>
    /// <param name="voice">Reports a call without a name.</param>
    /// <param name="notes">Remembers what servers need back.</param>
    /// <param name="messageExtras">What the message needs back; goes with the first call.</param>
    public JsonArray Finish(Voice voice, CallNotes? notes, JsonObject messageExtras)
    {
        var result = new JsonArray();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, call) in _calls.Index())
        {
            if (call.Name.Length == 0)
            {
                throw voice.Failure(ModelFailure.Unreadable, "called a tool without naming it");
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

    /// <summary>Finds the call that a chunk belongs to. Several calls can share an index, and an id can come with every chunk of one.</summary>
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

    // Nine letters and digits, as the strictest servers require.
    private static string NewId() => RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", 9);

    private sealed class Call
    {
        public long? Index { get; init; }

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();

        public JsonObject Extras { get; } = [];

        /// <summary>Gets a value indicating whether its arguments are complete, so that a further chunk with a name is another call.</summary>
        public bool IsWhole => ArgumentText.IsObject(Arguments.ToString());
    }
}
