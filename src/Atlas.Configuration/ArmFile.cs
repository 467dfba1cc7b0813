using Atlas.Configuration.Binding;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;
using Atlas.Domain.Experiments;

namespace Atlas.Configuration;

/// <summary>Reads what the new arm of an experiment does otherwise: <c>injection_mode</c>, <c>model</c>, <c>system_prompt</c>
/// or <c>synthesizer</c>, in YAML or JSON.</summary>
public static class ArmFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="AtlasConfigurationException">It is not right; the message holds every error.</exception>
    public static ArmSettings Read(string file)
    {
        var log = new ProblemLog();
        var root = ConfigurationFile.Read(file, log);
        ArmSettings? settings = null;
        if (root is MappingNode block)
        {
            settings = (ArmSettings)new ConfigurationBinder(log, new ValueSources()).BindBlock((BlockSchema)SchemaOfRecords.Of(typeof(ArmSettings)), block, "");
        }
        else if (root is not null)
        {
            log.Error(root.Source, "", $"the file contains {root.Kind}, but must contain a block of keys: injection_mode, model, system_prompt, synthesizer.");
        }

        if (!log.HasErrors && settings is not null && !settings.Names.Any())
        {
            log.Error(ValueSource.InFile(file), "", "the file sets nothing; set at least one of injection_mode, model, system_prompt and synthesizer.");
        }

        return log.HasErrors || settings is null
            ? throw new AtlasConfigurationException(new ConfigurationCheck { Errors = log.Errors, Warnings = log.Warnings, Values = [] })
            : settings;
    }
}
