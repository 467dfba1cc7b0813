using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Wire;

/// <summary>What the client of a call and its transport tell each other past the vendor's package, which knows neither.</summary>
internal sealed class CallNotes
{
    /// <summary>Under this name a call of a tool carries what the server wants back with it.</summary>
    private const string ExtrasKey = "atlas.wire_extras";

    private static readonly AsyncLocal<CallNotes?> Ambient = new();

    private readonly ConcurrentDictionary<string, JsonObject> _extras = new(StringComparer.Ordinal);

    /// <summary>The notes of the call under way; null outside of one.</summary>
    public static CallNotes? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The form of the answer as a response format of OpenAI's protocol, for servers that take a schema but no JSON mode.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>What the server refused and was left out of the request, as in <c>temperature</c>.</summary>
    public ConcurrentQueue<string> LeftOut { get; } = new();

    /// <summary>Remembers what has to come back with a call of a tool: members of the call under <c>call</c>, of its message under
    /// <c>message</c>.</summary>
    public void Keep(string callId, JsonObject extras) => _extras[callId] = extras;

    /// <summary>What has to go back with a call; null if nothing.</summary>
    public JsonObject? Find(string callId) => _extras.GetValueOrDefault(callId);

    /// <summary>Takes up what the calls of tools in a conversation carry.</summary>
    public void Take(IEnumerable<ChatMessage> messages)
    {
        foreach (var call in messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            // As text after the conversation was stored and read again.
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

    /// <summary>Gives the calls of tools in an answer what they have to carry.</summary>
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
