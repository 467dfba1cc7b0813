using System.Collections.Immutable;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Checking;

namespace Atlas.Configuration;

/// <summary>Finds the language models of a configuration.</summary>
public static class ConfiguredModels
{
    /// <summary>The models that somebody wrote down, in the order of the reference. A default that nobody wrote is no wish for a
    /// model; only an agent's probe is asked by default.</summary>
    /// <param name="check">A valid configuration.</param>
    /// <exception cref="ArgumentException">The configuration has errors.</exception>
    public static ImmutableArray<ConfiguredModel> Of(ConfigurationCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var configuration = check.Configuration ?? throw new ArgumentException("The configuration has errors; there are no models in it.", nameof(check));
        var judges = configuration.SessionJudges ?? configuration.Rim;
        return
        [
            .. Model("agent.llm", (configuration.Agent as ChatAgentOptions)?.Llm).Select(model => model with
            {
                HasTools = configuration.Agent is { } agent && (agent.Tools.Length > 0 || agent.McpServers.Length > 0),
                ResponseFormat = (configuration.Agent as ChatAgentOptions)?.ResponseFormat,
            }),
            .. Model("teacher.llm", configuration.Teacher?.Llm),
            .. Model("rim.small_model", judges?.SmallModel),
            .. Model("rim.large_model", judges?.LargeModel),
            .. IsWritten("adaptive_teaching.probe.llm") || configuration.Agent is not null
                ? Model("adaptive_teaching.probe.llm", configuration.AdaptiveTeaching.Probe.Llm)
                : [],
            .. Model("learning.llm", configuration.SynthesizerModel),
        ];

        bool IsWritten(string path) => check.Values.Any(value =>
            (value.Path == path || value.Path.StartsWith(path + ".", StringComparison.Ordinal)) && value.Source.Kind is not ValueSourceKind.Default);

        static ImmutableArray<ConfiguredModel> Model(string path, Learning.Options.LlmParameters? model) =>
            model is null ? [] : [new ConfiguredModel(path, model)];
    }
}
