using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Atlas.Models.Providers.Wire;

/// <summary>A member of a request that a call can do without.</summary>
/// <param name="Name">The name, with a dot between levels.</param>
/// <param name="Words">How providers refer to it.</param>
internal sealed record Optional(string Name, Regex Words)
{
    private static readonly string[] Plain =
    [
        "temperature", "top_p", "top_k", "max_completion_tokens", "max_tokens", "stream_options", "parallel_tool_calls", "seed", "reasoning_effort",
        "tool_choice", "frequency_penalty", "presence_penalty", "top_logprobs", "logprobs", "service_tier", "store", "verbosity", "prompt_cache_key",
        "metadata", "user", "stop",
    ];

    /// <summary>Gets all of them for OpenAI's protocol.</summary>
    public static Optional[] OfOpenAI { get; } =
    [
        new("response_format", Pattern(@"response[_ ]format|json_schema|json_object|json[_ ]mode|structured[_ ]outputs?")),
        new("stream_options", Pattern("stream_options|include_usage")),
        new("reasoning_effort", Pattern(@"reasoning[_. ]effort")),
        .. Plain.Where(name => name is not ("stream_options" or "reasoning_effort")).Select(Of),
        new("stream", Pattern(@"verified to stream|stream(?:ing)? is not (?:supported|available|allowed)|not support stream(?:ing)?\b|unsupported[^.]{0,40}'stream'")),
    ];

    /// <summary>Gets all of them for Anthropic's protocol, which requires <c>max_tokens</c>.</summary>
    public static Optional[] OfAnthropic { get; } =
    [
        new("output_config.format", Pattern(@"output_config\.format|output_format|structured[_ ]outputs?|json_schema")),
        new("output_config.effort", Pattern(@"output_config\.effort|\beffort\b")),
        new("output_config", Pattern("output_config")),
        .. Plain.Where(name => name is not ("max_tokens" or "reasoning_effort")).Select(Of),
        new("thinking", Pattern(@"\bthinking\b")),
        new("stream", Pattern(@"stream(?:ing)? is not (?:supported|available|allowed)|not support stream(?:ing)?\b")),
    ];

    /// <summary>Determines whether the request has it.</summary>
    public bool IsIn(JsonObject request) => Find(request, out var place, out var name) && place.ContainsKey(name);

    /// <summary>Removes it.</summary>
    public bool Remove(JsonObject request)
    {
        if (!Find(request, out var place, out var name) || !place.Remove(name))
        {
            return false;
        }

        if (place.Count == 0 && place != request)
        {
            request.Remove(Name[..Name.IndexOf('.', StringComparison.Ordinal)]);
        }

        return true;
    }

    private bool Find(JsonObject request, out JsonObject place, out string name)
    {
        var point = Name.IndexOf('.', StringComparison.Ordinal);
        (place, name) = (request, Name);
        if (point < 0)
        {
            return true;
        }

        name = Name[(point + 1)..];
        if (request[Name[..point]] is not JsonObject inner)
        {
            return false;
        }

        place = inner;
        return true;
    }

    private static Optional Of(string name) => new(name, Pattern($@"(?<![a-z_]){name.Replace("_", "[_ -]", StringComparison.Ordinal)}(?![a-z_])"));

    private static Regex Pattern(string words) => new(words, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
