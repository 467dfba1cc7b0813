namespace Atlas.Cli.Invocation;

/// <summary>What the caller's environment says.</summary>
internal sealed record CallerSettings
{
    public const string DatabaseVariable = "ATLAS_DATABASE_URL";

    public const string ConfigurationVariable = "ATLAS_CONFIG";

    public const string DebugVariable = "ATLAS_DEBUG";

    /// <summary>The database to use instead of a private one; null if none is named.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Whether faults are shown with their stack traces.</summary>
    public bool Debug { get; init; }

    /// <summary>Who sits at the terminal: the reviewer, unless one is named.</summary>
    public required string User { get; init; }

    /// <summary>The command line of the editor to open; null if none is named.</summary>
    public string? Editor { get; init; }

    /// <summary>The configuration file to use where none is named; null for none.</summary>
    public string? ConfigurationFile { get; init; }

    public static CallerSettings FromEnvironment() => new()
    {
        DatabaseUrl = Read(DatabaseVariable),
        Debug = Read(DebugVariable) is not (null or "0" or "false"),
        User = Read("USER") ?? Environment.UserName,
        Editor = Read("VISUAL") ?? Read("EDITOR"),
        ConfigurationFile = Read(ConfigurationVariable),
    };

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
