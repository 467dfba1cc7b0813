using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Wire;

/// <summary>Passes information between the client of a call and its transport, past the vendor's package, which knows neither.</summary>
internal sealed class CallNotes
{
    /// <summary>The property of a tool call in which it carries what the server needs back.</summary>
    private const string ExtrasKey = "atlas.wire_extras";

    private static readonly AsyncLocal<CallNotes?> Ambient = new();

    private readonly ConcurrentDictionary<string, JsonObject> _extras = new(StringComparer.Ordinal);

    /// <summary>Gets the notes of the current call; null outside a call.</summary>
    public static CallNotes? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Gets the form of the answer as a response format of OpenAI's protocol, for servers that accept a schema but have no JSON
    /// mode.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Gets what the server refused and was left out of the request, such as <c>temperature</c>.</summary>
    public ConcurrentQueue<string> LeftOut { get; } = new();

    /// <summary>Remembers what must be sent back with a tool call: members of the call under <c>call</c>, of its message under
    /// <c>message</c>.</summary>
    public void Keep(string callId, JsonObject extras) => _extras[callId] = extras;

    /// <summary>Returns what must be sent back with a call; null for nothing.</summary>
    public JsonObject? Find(string callId) => _extras.GetValueOrDefault(callId);

    /// <summary>Collects what the tool calls in a conversation carry.</summary>
    public void Take(IEnumerable<ChatMessage> messages)
    {
        foreach (var call in messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            // It is text if the conversation was stored and read again.
            switch (call.AdditionalProperties?.GetValueOrDefault(ExtrasKey))
            {
                case JsonObject extras:
                    _extras[call.CallId] = extras;
                    break;
                case string text when text.StartsWith('{'):
                    _extras[call.CallId] = JsonNode.Parse(text)!.AsObject();
                    break;
                case JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Object } stored:
                    _extras[call.CallId] = JsonNode.Parse(stored.ToString())!.AsObject();
                    break;
            }
        }
    }

    /// <summary>Attaches to the tool calls in an answer what they must carry.</summary>
    public void Give(IEnumerable<AIContent> contents)
    {
        foreach (var call in contents.OfType<FunctionCallContent>())
        {
            if (_extras.TryGetValue(call.CallId, out var extras))
            {
                (call.AdditionalProperties ??= [])[ExtrasKey] = extras.ToJsonString();
            }
        }
    }
}
