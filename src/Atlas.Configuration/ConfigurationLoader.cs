using System.Collections;
using Atlas.Configuration.Binding;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;
using Atlas.Configuration.Variables;

namespace Atlas.Configuration;

/// <summary>
/// Reads configurations. Later sources go before earlier ones: defaults, the files in their order, <c>Atlas__Section__Key</c>
/// variables, the short variables such as <c>ATLAS_DRIFT_WINDOW</c>.
/// </summary>
public static class ConfigurationLoader
{
    /// <summary>Reads a configuration and tells everything that is wrong with it.</summary>
    /// <param name="request">What to load, and what for.</param>
    /// <returns>The configuration with the source of each value, or all errors. A bad configuration throws nothing.</returns>
    public static ConfigurationCheck Check(ConfigurationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var log = new ProblemLog();
        var sources = new ValueSources();
        var configuration = Read(request, log, sources);
        return new ConfigurationCheck
        {
            Configuration = log.HasErrors ? null : configuration,
            Errors = log.Errors,
            Warnings = log.Warnings,
            Values = log.HasErrors ? [] : EffectiveValues.Of(configuration, sources),
        };
    }

    /// <summary>Reads a configuration that must be right.</summary>
    /// <param name="request">What to load, and what for.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="AtlasConfigurationException">It is not right; the message holds every error.</exception>
    public static AtlasConfiguration Load(ConfigurationRequest request)
    {
        var check = Check(request);
        return check.Configuration ?? throw new AtlasConfigurationException(check);
    }

    private static AtlasConfiguration Read(ConfigurationRequest request, ProblemLog log, ValueSources sources)
    {
        var variables = request.Environment ?? OfProcess();
        var overlay = new Overlay(log);
        ConfigurationNode tree = new MappingNode([], request.Files is [var first, ..] ? ValueSource.InFile(first) : ValueSource.Default);
        var unreadable = false;
        foreach (var file in request.Files)
        {
            if (ReadFile(file, log) is { } node)
            {
                tree = overlay.Merge(tree, node);
            }
            else
            {
                unreadable = true;
            }
        }

        tree = overlay.Merge(tree, EnvironmentTree.Read(variables, log));
        tree = overlay.Merge(tree, EnvironmentOverrides.Read(variables, log));

        // What an unreadable file would have said cannot be missed.
        var binder = new ConfigurationBinder(log, sources) { Profile = request.Profile, IsPartial = unreadable };
        var configuration = (AtlasConfiguration)binder.BindBlock(SchemaOfRecords.Root, (MappingNode)tree, "");
        if (unreadable)
        {
            return configuration;
        }

        configuration = configuration with
        {
            ArbiterSynthesizes = configuration.Learning.Llm is null && sources.Of("learning.llm").Kind is not ValueSourceKind.Default,
        };
        configuration = LeakAnswers.Read(Normalisation.Apply(configuration), sources, log);
        CrossFieldRules.Check(configuration, sources, log);
        return SessionJudges.Derive(configuration, (MappingNode)tree, sources, log);
    }

    private static MappingNode? ReadFile(string file, ProblemLog log)
    {
        var root = ConfigurationFile.Read(file, log);
        if (root is null)
        {
            return null;
        }

        var isHostSettings = ConfigurationFile.IsHostSettings(file, root);
        if (isHostSettings)
        {
            root = ((MappingNode)root).Entries.FirstOrDefault(entry => entry.Name.Equals("Atlas", StringComparison.OrdinalIgnoreCase)).Value
                ?? new MappingNode([], root.Source);
            root = root is MappingNode section
                ? new MappingNode([.. section.Entries.Where(entry => !HostSections.Own(entry.Name))], section.Source)
                : root;
        }

        if (new CanonicalNames(isHostSettings, log).Apply(root, SchemaOfRecords.Root) is MappingNode block)
        {
            return block;
        }

        log.Error(root.Source, "", $"the file contains {root.Kind}, but must contain a block of keys such as agent, teacher and rim.");
        return null;
    }

    private static Dictionary<string, string> OfProcess() => Environment
        .GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
