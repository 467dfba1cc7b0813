using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Student;
using Atlas.Configuration.Teacher;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Runtime.Tests.Configured;

/// <summary>Every key of a run changes what can be seen of it, or it is told where else its effect is: those of <c>agent</c>, <c>student</c>,
/// <c>teacher</c>, <c>orchestration</c>, <c>adaptive_teaching</c> and <c>metadata</c>. The keys of a language model, of the judges, of
/// learning, of safety and of a silo have tests of the same kind beside what they change.</summary>
public sealed partial class EveryRunKeyTests
{
    /// <summary>One of several bases to change something in.</summary>
    /// <param name="Value">What the key is set to.</param>
    private sealed record Change(JsonNode? Value)
    {
        /// <summary>What is set before and after, by key.</summary>
        public (string Key, JsonNode? Value)[] Given { get; init; } = [];

        /// <summary>Whether the agent is behind an address.</summary>
        public bool IsWeb { get; init; }

        /// <summary>Whether the probe chooses the mode.</summary>
        public bool IsProbed { get; init; }

        /// <summary>Whether the learning key has no sessions yet.</summary>
        public bool IsNew { get; init; }

        /// <summary>Whether the student never ends a step.</summary>
        public bool IsSlow { get; init; }
    }

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Usual = new(StringComparer.Ordinal);

    [Fact]
    public void Every_key_of_a_run_is_in_the_table()
    {
        string[] keys =
        [
            .. Keys("agent", typeof(ChatAgentOptions)), .. Keys("agent", typeof(HttpAgentOptions)), .. Keys("student", typeof(StudentOptions)),
            .. Keys("teacher", typeof(TeacherOptions)), .. Keys("orchestration", typeof(OrchestrationOptions)),
            .. Keys("adaptive_teaching", typeof(AdaptiveTeachingOptions)), "metadata",
        ];

        Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), Changes.Keys.Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Changed))]
    public async Task Every_key_changes_what_can_be_seen_of_a_run(string key)
    {
        var change = Changes[key];
        var after = Base(change);
        Set(after, Place(key), change.Value);

        Assert.NotEqual(await UsualAsync(change), await RunPicture.OfAsync(after, change.IsNew, change.IsSlow));
    }

    public static TheoryData<string> Changed() => [.. Changes.Keys];

    /// <summary>What is seen without the change, made once for each base, and the same when it is made again.</summary>
    private static async Task<string> UsualAsync(Change change)
    {
        var settings = Base(change);
        return await Usual.GetOrAdd($"{settings.ToJsonString()} {change.IsNew} {change.IsSlow}", _ => new Lazy<Task<string>>(async () =>
        {
            var seen = await RunPicture.OfAsync(settings, change.IsNew, change.IsSlow);
            Assert.Equal(seen, await RunPicture.OfAsync(settings, change.IsNew, change.IsSlow));
            return seen;
        })).Value;
    }

    private static JsonObject Base(Change change)
    {
        var settings = (JsonObject)(change.IsWeb ? Web : Chat).DeepClone();
        settings.Add("teacher", new JsonObject { ["llm"] = Model("teacher") });
        settings.Add("rim", new JsonObject { ["small_model"] = Model("judge"), ["large_model"] = Model("judge") });
        settings.Add("adaptive_teaching", new JsonObject { ["probe"] = new JsonObject { ["llm"] = Model("probe") } });
        settings.Add("orchestration", change.IsProbed ? new JsonObject() : new JsonObject { ["forced_mode"] = "paired" });
        foreach (var (key, value) in change.Given)
        {
            Set(settings, Place(key), value);
        }

        return settings;
    }

    private static JsonObject Chat => new()
    {
        ["agent"] = new JsonObject { ["type"] = "litellm", ["name"] = "desk", ["system_prompt"] = "You work at the order desk.", ["llm"] = Model("student") },
    };

    private static JsonObject Web => new()
    {
        ["agent"] = new JsonObject
        {
            ["type"] = "http_api",
            ["name"] = "desk",
            ["system_prompt"] = "You work at the order desk.",
            ["transport"] = new JsonObject { ["base_url"] = "SERVER/agent" },
        },
    };

    private static JsonObject Model(string name) => new()
    {
        ["provider"] = "openai", ["model"] = name, ["api_base"] = "SERVER/v1", ["api_key_env"] = "KEY",
    };

    /// <summary>A key names the kind of item, a place the first of the list.</summary>
    private static string Place(string key) => key.Replace("[]", ".0", StringComparison.Ordinal);

    private static void Set(JsonNode root, string place, JsonNode? value)
    {
        var parts = place.Split('.');
        var at = root;
        for (var index = 0; index < parts.Length - 1; index++)
        {
            var isList = parts[index + 1] == "0";
            at = at is JsonArray list
                ? list.Count > 0 ? list[0]! : Added(list, isList ? new JsonArray() : new JsonObject())
                : at[parts[index]] ??= isList ? new JsonArray() : new JsonObject();
        }

        if (at is JsonArray items)
        {
            items.Clear();
            items.Add(value?.DeepClone());
        }
        else
        {
            at[parts[^1]] = value?.DeepClone();
        }

        static JsonNode Added(JsonArray list, JsonNode item)
        {
            list.Add(item);
            return item;
        }
    }

    private static IEnumerable<string> Keys(string path, Type block) =>
        from property in block.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null
        let key = $"{path}.{NameOf(property)}"
        let item = ItemOf(property.PropertyType)
        from found in item is not null && item.Namespace!.StartsWith("Atlas.Configuration", StringComparison.Ordinal) && item.IsClass && item != typeof(LlmParameters)
            ? Keys(item == property.PropertyType ? key : key + "[]", item)
            : [key]
        select found;

    private static Type? ItemOf(Type type) => type == typeof(string) ? null
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : type;

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
