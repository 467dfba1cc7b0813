using System.Collections.Immutable;
using System.Globalization;

namespace Atlas.Learning.Options;

/// <summary>Settings that are allowed and hardly meant.</summary>
public static class OptionAdvice
{
    /// <summary>A sentence per such setting, beginning with the setting's key; empty if there is none.</summary>
    public static ImmutableArray<string> For(LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var advice = ImmutableArray.CreateBuilder<string>();
        if (options.PruningConfig.MinRewardDelta < 0)
        {
            advice.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"learning.pruning_config.min_reward_delta is {options.PruningConfig.MinRewardDelta}: below 0 it prunes entries that raise the reward and keeps those that lower it. Use 0 or more."));
        }

        foreach (var prefix in options.Schema.RuntimeHandlePrefixes.IsDefault ? [] : options.Schema.RuntimeHandlePrefixes)
        {
            if (prefix.Contains('*'))
            {
                advice.Add($"learning.schema.runtime_handle_prefixes contains '{prefix}': prefixes are literal, and '*' is not a wildcard. Use '{prefix.Replace("*", "", StringComparison.Ordinal)}'.");
            }
        }

        return advice.ToImmutable();
    }
}
