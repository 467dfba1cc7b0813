using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>What the new arm of an experiment changes. A setting that is null is not changed.</summary>
[GenerateSerializer, Immutable, Alias("atlas.arm-settings")]
public sealed record ArmSettings
{
    /// <summary>The maximum length of a prompt's text, in UTF-16 units.</summary>
    public const int LongestPrompt = 100_000;

    /// <summary>Gets where the playbook goes in a prompt.</summary>
    /// <value>The default is null: unchanged.</value>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InjectionMode? InjectionMode { get; init; }

    /// <summary>Gets the model that the agent calls, by its provider's name for it.</summary>
    /// <value>The default is null: unchanged.</value>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(200, MinimumLength = 1)]
    public string? Model { get; init; }

    /// <summary>Gets a template that replaces the agent's system prompt; <c>{base_prompt}</c> in it stands for the original.</summary>
    /// <value>The default is null: unchanged.</value>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(LongestPrompt, MinimumLength = 1)]
    public string? SystemPrompt { get; init; }

    /// <summary>Gets the name of a synthesizer of the silo. The silo's own synthesizer and this one each make a version from the same
    /// sessions, and the arms get those versions. It cannot be combined with other settings.</summary>
    /// <value>The default is null: unchanged.</value>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(200, MinimumLength = 1)]
    public string? Synthesizer { get; init; }

    /// <summary>Inserts the agent's own prompt into the template; returns the agent's own prompt if there is no template.</summary>
    public string Prompt(string basePrompt)
    {
        ArgumentNullException.ThrowIfNull(basePrompt);
        return SystemPrompt is null ? basePrompt : SystemPrompt.Replace("{base_prompt}", basePrompt.Trim(), StringComparison.Ordinal);
    }

    /// <summary>Gets the names of the settings that are set, as they are spelled in a file.</summary>
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

            if (Synthesizer is not null)
            {
                yield return "synthesizer";
            }
        }
    }
}
