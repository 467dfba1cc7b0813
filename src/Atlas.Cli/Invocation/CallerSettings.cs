using Atlas.Identity;

namespace Atlas.Cli.Invocation;

/// <summary>The settings in the caller's environment.</summary>
internal sealed record CallerSettings
{
    public const string DatabaseVariable = "ATLAS_DATABASE_URL";

    public const string ConfigurationVariable = "ATLAS_CONFIG";

    public const string DebugVariable = "ATLAS_DEBUG";

    /// <summary>Gets the database to use instead of a private one; null if none is named.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Gets a value indicating whether faults are shown with their stack traces.</summary>
    public bool Debug { get; init; }

    /// <summary>Gets the user at the terminal: the reviewer, unless one is named.</summary>
    public required string User { get; init; }

    /// <summary>Gets the command line of the editor to open; null if none is named.</summary>
    public string? Editor { get; init; }

    /// <summary>Gets the caller's credential for a cluster with a secret; null if it is not set.</summary>
    public string? Credential { get; init; }

    /// <summary>Gets the cluster's secret, from the variable that silos read; null if it is not set.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets a second secret that is accepted as well; null if there is none.</summary>
    public string? SecondSecret { get; init; }

    /// <summary>Gets the file with the cluster's secret, from the variable that silos read; null if it is not set.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Gets the configuration file to use if none is named; null for none.</summary>
    public string? ConfigurationFile { get; init; }

    public static CallerSettings FromEnvironment() => new()
    {
        DatabaseUrl = Read(DatabaseVariable),
        Debug = Read(DebugVariable) is not (null or "0" or "false"),
        User = Read("USER") ?? Environment.UserName,
        Editor = Read("VISUAL") ?? Read("EDITOR"),
        Credential = Read(AtlasCredential.Variable),
        Secret = Read("Atlas__Secret"),
        SecondSecret = Read("Atlas__SecondSecret"),
        SecretFile = Read("Atlas__SecretFile"),
        ConfigurationFile = Read(ConfigurationVariable),
    };

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
