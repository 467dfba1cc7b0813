using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>What the new arm of an experiment does otherwise; what is null stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("atlas.arm-settings")]
public sealed record ArmSettings
{
    /// <summary>Longest text of a prompt, in UTF-16 units.</summary>
    public const int LongestPrompt = 100_000;

    /// <summary>Where the playbook stands in a prompt.</summary>
    /// <value>The default is none: as it is.</value>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectionMode? InjectionMode { get; init; }

    /// <summary>The model that the agent is called with, by the name its provider knows.</summary>
    /// <value>The default is none: as it is.</value>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(200, MinimumLength = 1)]
    public string? Model { get; init; }

    /// <summary>A template that takes the place of the agent's system prompt; <c>{base_prompt}</c> in it stands for that prompt.</summary>
    /// <value>The default is none: as it is.</value>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(LongestPrompt, MinimumLength = 1)]
    public string? SystemPrompt { get; init; }

    /// <summary>The template with the agent's own prompt put in; the agent's own where there is none.</summary>
    public string Prompt(string basePrompt)
    {
        ArgumentNullException.ThrowIfNull(basePrompt);
        return SystemPrompt is null ? basePrompt : SystemPrompt.Replace("{base_prompt}", basePrompt.Trim(), StringComparison.Ordinal);
    }

    /// <summary>The names of what it sets, as a file names them.</summary>
    [JsonIgnore]
    public IEnumerable<string> Names
    {
        get
        {
            if (InjectionMode is not null)
            {
                yield return "injection_mode";
            }

            if (Model is not null)
            {
                yield return "model";
            }

            if (SystemPrompt is not null)
            {
                yield return "system_prompt";
            }
        }
    }
}
