using System.Diagnostics;
using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Waits until a started silo serves, or reports why it does not.</summary>
internal sealed class SiloStart(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <exception cref="CommandFailedException">The silo ended, or did not become healthy in time.</exception>
    public async Task AwaitHealthAsync(SiloRecord silo, Process? process, TimeSpan patience, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var health = SiloHealth.Stopped;
        while (clock.GetElapsedTime(began) < patience)
        {
            if (process is { HasExited: true } || (process is null && !silo.Process.IsAlive))
            {
                throw Ended(silo, process?.ExitCode);
            }

            health = await SiloHealth.AskAsync(http, silo.Ports, cancellation);
            if (health.IsHealthy)
            {
                return;
            }

            await Task.Delay(Pause, clock, cancellation);
        }

        throw new CommandFailedException(
            ExitCode.CannotStart,
            $"{silo.Name} is running (process {silo.Process.Pid}) but is {health.State} after {patience.TotalSeconds:0} s"
            + $"{Said(health)}. Its log is {silo.Log}. Stop it with `atlas down`.");
    }

    private static string Said(SiloHealth health) =>
        health.Detail is { } detail ? $": {Wording.OneLine(detail.GetRawText(), 200)}" : "";

    private static CommandFailedException Ended(SiloRecord silo, int? exitCode)
    {
        var reason = LastWords(silo.ErrorLog);
        return new CommandFailedException(ExitCode.CannotStart, reason is null
            ? $"{silo.Name} ended{(exitCode is { } code ? $" with exit code {code}" : "")} while starting. Its log is {silo.Log}."
            : $"{silo.Name} could not start: {reason}");
    }

    // The silo gives its reason in one sentence on standard error; after a crash, the first line names it.
    private static string? LastWords(string errorLog)
    {
        var line = File.Exists(errorLog)
            ? File.ReadLines(errorLog).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line))
            : null;
        return line is null ? null : Wording.OneLine(line, 400);
    }
}
