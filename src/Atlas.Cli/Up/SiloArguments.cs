using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>The command line of a silo. It names the workspace, so that a silo can be found in the list of processes even if its record is
/// missing.</summary>
/// <param name="Workspace">The folder <c>.atlas</c>.</param>
/// <param name="Name">The silo's name.</param>
/// <param name="Ports">The ports it listens on.</param>
/// <param name="Configuration">Its configuration file; null for none.</param>
internal sealed record SiloArguments(string Workspace, string Name, SiloPorts Ports, string? Configuration)
{
    private const string WorkspaceKey = "--workspace=";
    private const string NameKey = "--Atlas:Silo:Name=";
    private const string SiloPortKey = "--Atlas:Silo:Port=";
    private const string GatewayPortKey = "--Atlas:Silo:GatewayPort=";
    private const string HttpPortKey = "--Atlas:Http:Port=";
    private const string ConfigurationKey = $"--{CallerSettings.ConfigurationVariable}=";

    public static IEnumerable<string> Of(AtlasHome home, string name, SiloPorts ports, string? configurationFile)
    {
        yield return WorkspaceKey + home.Path;
        yield return NameKey + name;
        yield return SiloPortKey + Text(ports.Silo);
        yield return GatewayPortKey + Text(ports.Gateway);
        yield return HttpPortKey + Text(ports.Http);
        if (configurationFile is not null)
        {
            yield return ConfigurationKey + configurationFile;
        }
    }

    /// <summary>Parses the command line of a process; returns null if it is not a silo that a workspace started.</summary>
    public static SiloArguments? Read(IReadOnlyList<string> arguments)
    {
        string? Value(string key) => arguments.FirstOrDefault(argument => argument.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
        int? Port(string key) => int.TryParse(Value(key), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

        return Value(WorkspaceKey) is { } workspace && Value(NameKey) is { Length: > 0 } name
            && Port(HttpPortKey) is { } http && Port(SiloPortKey) is { } silo && Port(GatewayPortKey) is { } gateway
            ? new SiloArguments(workspace, name, new SiloPorts(http, silo, gateway), Value(ConfigurationKey))
            : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
