namespace Atlas.Configuration.Checking;

/// <summary>The kinds of place a value can come from; a later one goes before an earlier one.</summary>
public enum ValueSourceKind
{
    /// <summary>Nobody wrote it down.</summary>
    Default,

    /// <summary>A configuration file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,
}
