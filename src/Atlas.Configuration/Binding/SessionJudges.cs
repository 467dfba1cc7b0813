using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Binding;

/// <summary>Lays <c>adaptive_teaching.reward.parameters</c> over <c>rim</c>, key by key, as strictly as everything else.</summary>
internal static class SessionJudges
{
    private const string ParametersPath = "adaptive_teaching.reward.parameters";

    public static AtlasConfiguration Derive(AtlasConfiguration configuration, MappingNode tree, ValueSources sources, ProblemLog log)
    {
        var reward = configuration.AdaptiveTeaching.Reward;
        if (configuration.Rim is null || reward.Type != RewardType.Rim || Find(tree, ParametersPath) is not MappingNode parameters)
        {
            return configuration with { SessionJudges = configuration.Rim };
        }

        var schema = (BlockSchema)SchemaOfRecords.Of(typeof(RimOptions));
        var given = new ConfigurationBinder(log, new ValueSources()) { IsPartial = true }.BindBlock(schema, parameters, ParametersPath);
        if (log.HasErrors)
        {
            return configuration;
        }

        // A model is replaced as a whole, so it must be complete; the partial binding above let that pass.
        var merged = configuration.Rim with { };
        foreach (var entry in parameters.Entries)
        {
            if (schema.Find(entry.Name) is not { } key)
            {
                continue;
            }

            if (key.Value is BlockSchema block && entry.Value is MappingNode model)
            {
                new ConfigurationBinder(log, new ValueSources()).BindBlock(block, model, MappingBuilder.PathOf(ParametersPath, key.Name));
            }

            key.Property.SetValue(merged, key.Property.GetValue(given));
        }

        return configuration with { SessionJudges = merged };
    }

    private static ConfigurationNode? Find(ConfigurationNode? node, string path) =>
        path.Split('.').Aggregate(node, (current, name) => (current as MappingNode)?.Find(name));
}
