using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Checks the configuration of running silos. A silo reads its configuration when it starts, so a running one cannot switch to
/// another.</summary>
internal static class ConfigurationInForce
{
    /// <exception cref="CommandFailedException">A silo runs with a configuration other than the requested one.</exception>
    public static void Demand(IEnumerable<SiloRecord> running, string? asked)
    {
        if (asked is null)
        {
            return;
        }

        foreach (var silo in running)
        {
            if (silo.Configuration != asked)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"{silo.Name} is already running here {(silo.Configuration is { } other ? $"with {other}" : "without a configuration file")}. "
                    + $"Restart it with that file: `atlas restart --config {ShellWord.Of(asked)}`.");
            }

            if (File.GetLastWriteTimeUtc(asked) > silo.StartedAt.UtcDateTime)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"{asked} has changed since {silo.Name} started with it. Restart it with the current file: `atlas restart`.");
            }
        }
    }
}
