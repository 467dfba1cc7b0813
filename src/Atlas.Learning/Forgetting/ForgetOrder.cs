using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Learning.Forgetting;

/// <summary>What to forget of a key.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Subject">A text that must not appear any more; null for none. Compared case-insensitively.</param>
public sealed record ForgetOrder(ImmutableHashSet<long> Sessions, string? Subject = null)
{
    /// <summary>What replaces a text that contained the subject.</summary>
    public const string Blank = "[forgotten]";

    private readonly string? _escaped = Subject is null ? null : JsonSerializer.Serialize(Subject, Relaxed)[1..^1];

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a text contains the subject.</summary>
    public bool IsIn(string? text) => Subject is not null && text is not null && text.Contains(Subject, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a JSON text contains the subject, in a value or in a name that somebody made up.</summary>
    public bool IsInJson(string json) =>
        (IsIn(json) || (_escaped is not null && json.Contains(_escaped, StringComparison.OrdinalIgnoreCase))) && Says(JsonNode.Parse(json));

    /// <summary>Returns the JSON with <see cref="Blank"/> in place of every text that contained the subject, and without the members named
    /// after it.</summary>
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

    // "metadata" does not mention Ada: our own names are lower-case words.
    private bool IsName(string name) => IsIn(name) && name.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'));
}
