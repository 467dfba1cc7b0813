namespace Atlas.Configuration.Checking;

/// <summary>A configuration that cannot be used. The message holds every error, one sentence a line.</summary>
public sealed class AtlasConfigurationException : Exception
{
    /// <summary>Makes the exception of a check that found errors.</summary>
    /// <param name="check">The check.</param>
    public AtlasConfigurationException(ConfigurationCheck check)
        : base(check.ToString()) => Check = check;

    /// <summary>What was found.</summary>
    public ConfigurationCheck Check { get; }
}
