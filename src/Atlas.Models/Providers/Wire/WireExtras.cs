using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>Members of a message that are in no protocol and that servers need back with it: the model's reasoning and its signatures.</summary>
internal static class WireExtras
{
    private static readonly string[] Marks = ["reasoning", "thinking", "thought", "extra_content", "provider_specific_fields"];

    /// <summary>Determines whether a member of a message is one of these.</summary>
    public static bool Is(string name) => Marks.Any(mark => name.Contains(mark, StringComparison.Ordinal));

    /// <summary>Adds those of a chunk: strings and lists are appended, anything else replaces the previous value.</summary>
    public static void Add(JsonElement piece, JsonObject extras)
    {
        if (piece.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in piece.EnumerateObject().Where(member => Is(member.Name)))
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.String:
                    extras[member.Name] = (extras[member.Name] is JsonValue before && before.TryGetValue<string>(out var text) ? text : "") + member.Value.Read();
                    break;
                case JsonValueKind.Array:
                    var list = extras[member.Name] as JsonArray ?? [];
                    foreach (var item in member.Value.EnumerateArray())
                    {
                        list.Add(JsonNode.Parse(item.GetRawText()));
                    }

                    extras[member.Name] = list.Parent is null ? list : list.DeepClone();
                    break;
                case JsonValueKind.Object or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    extras[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
            }
        }
    }
}
