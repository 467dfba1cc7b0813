using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Grains.Sessions;

/// <summary>Reads the events of an append.</summary>
internal static class SessionEvents
{
    /// <exception cref="AtlasRefusedException">The number is negative or an event is no JSON object; nothing is stored then.</exception>
    public static ImmutableArray<JsonElement> Parse(int firstSequence, ImmutableArray<string> eventsJson)
    {
        if (firstSequence < 0)
        {
            throw new AtlasRefusedException($"Events are numbered from 0; {firstSequence} is no number for the first one.");
        }

        return [.. eventsJson.Select((json, index) => ParseOne(firstSequence + index, json))];
    }

    private static JsonElement ParseOne(int sequence, string json)
    {
        try
        {
            var read = JsonElement.Parse(json);
            return read.ValueKind is JsonValueKind.Object
                ? read
                : throw new AtlasRefusedException(
                    $"Event {sequence} is a JSON {read.ValueKind.ToString().ToLowerInvariant()}; an event is a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw new AtlasRefusedException($"Event {sequence} is not valid JSON: {wrong.Message}");
        }
    }
}
