using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>A silo reads its configuration when it starts, so one that runs cannot take up another.</summary>
internal static class ConfigurationInForce
{
    /// <exception cref="CommandFailedException">A silo runs with something else than what is asked for.</exception>
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
                    $"{silo.Name} already runs here {(silo.Configuration is { } other ? $"with {other}" : "without a configuration file")}. "
                    + $"`atlas restart --config {ShellWord.Of(asked)}` restarts it with that file.");
            }

            if (File.GetLastWriteTimeUtc(asked) > silo.StartedAt.UtcDateTime)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"{asked} has changed since {silo.Name} started with it. `atlas restart` restarts it with the file as it is now.");
            }
        }
    }
}
