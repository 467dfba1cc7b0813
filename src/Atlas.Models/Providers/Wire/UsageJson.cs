using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>The usage of an answer, with the members that the packages read, as integers.</summary>
internal static class UsageJson
{
    /// <summary>Reads the usage in OpenAI's protocol; returns null if there is none.</summary>
    public static JsonObject? OfOpenAI(JsonElement usage)
    {
        var prompt = usage.Number("prompt_tokens") ?? usage.Number("input_tokens");
        var completion = usage.Number("completion_tokens") ?? usage.Number("output_tokens");
        var total = usage.Number("total_tokens");
        if (prompt is null && completion is null && total is null)
        {
            return null;
        }

        var result = new JsonObject
        {
            ["prompt_tokens"] = Small(prompt ?? 0),
            ["completion_tokens"] = Small(completion ?? 0),
            ["total_tokens"] = Small(total ?? ((prompt ?? 0) + (completion ?? 0))),
        };
        if (usage.Member("prompt_tokens_details").Number("cached_tokens") is { } cached)
        {
            result["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = Small(cached) };
        }

        if (usage.Member("completion_tokens_details").Number("reasoning_tokens") is { } reasoning)
        {
            result["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = Small(reasoning) };
        }

        return result;
    }

    /// <summary>Reads the usage in Anthropic's protocol and merges it over what was known before.</summary>
    public static JsonObject OfAnthropic(JsonElement usage, JsonObject? before)
    {
        var result = before?.DeepClone().AsObject() ?? new JsonObject { ["input_tokens"] = 0, ["output_tokens"] = 0 };
        foreach (var name in (string[])["input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"])
        {
            if (usage.Number(name) is { } number)
            {
                result[name] = Small(number);
            }
        }

        return result;
    }

    private static int Small(long number) => (int)Math.Clamp(number, 0, int.MaxValue);
}
