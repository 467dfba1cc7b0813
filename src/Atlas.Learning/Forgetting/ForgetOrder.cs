using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Learning.Forgetting;

/// <summary>What is to be forgotten of a key.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Subject">A text that nothing may say any more; null for none. Compared without regard to case.</param>
public sealed record ForgetOrder(ImmutableHashSet<long> Sessions, string? Subject = null)
{
    /// <summary>What stands in the place of a text that held the subject.</summary>
    public const string Blank = "[forgotten]";

    private readonly string? _escaped = Subject is null ? null : JsonSerializer.Serialize(Subject, Relaxed)[1..^1];

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a text holds the subject.</summary>
    public bool IsIn(string? text) => Subject is not null && text is not null && text.Contains(Subject, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text of JSON says the subject: a value of it, or a name that somebody made up.</summary>
    public bool IsInJson(string json) =>
        (IsIn(json) || (_escaped is not null && json.Contains(_escaped, StringComparison.OrdinalIgnoreCase))) && Says(JsonNode.Parse(json));

    /// <summary>JSON in which every text that held the subject is <see cref="Blank"/>; what has it for a name is gone.</summary>
    public JsonNode? Without(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                {
                    members.Remove(name);
                    if (!IsName(name))
                    {
                        members[name] = Without(value);
                    }
                }

                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var item = items[i];
                    items[i] = null;
                    items[i] = Without(item);
                }

                return items;
            case JsonValue value when value.TryGetValue<string>(out var text) && IsIn(text):
                return JsonValue.Create(Blank);
            default:
                return node;
        }
    }

    private bool Says(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => IsName(member.Key) || Says(member.Value)),
        JsonArray items => items.Any(Says),
        JsonValue value => IsIn(value.ToString()),
        _ => false,
    };

    // "metadata" says nothing of Ada: names of ours are lower-case words.
    private bool IsName(string name) => IsIn(name) && name.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'));
}
