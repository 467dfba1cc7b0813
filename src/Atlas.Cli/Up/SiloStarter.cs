using System.Diagnostics;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Starts silos and waits until they serve.</summary>
internal sealed class SiloStarter(CommandContext context, HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly SiloRegister _register = new(context.Home);

    /// <summary>Starts all of them concurrently, and returns when they serve. If one does not come up, those that were started with it are
    /// stopped again.</summary>
    /// <param name="slots">Their names and ports.</param>
    /// <param name="database">The database they share.</param>
    /// <param name="configurationFile">The full path of the configuration; null for the one in the environment.</param>
    /// <param name="complete">Adds to a record what only the caller knows.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="CommandFailedException">A silo did not come up.</exception>
    public async Task<IReadOnlyList<SiloRecord>> StartAsync(
        IReadOnlyList<(string Name, SiloPorts Ports)> slots,
        DatabaseRecord database,
        string? configurationFile,
        Func<SiloRecord, SiloRecord> complete,
        CancellationToken cancellation)
    {
        if (slots.Count == 0)
        {
            return [];
        }

        var started = new List<(SiloRecord Silo, Process Process)>();
        try
        {
            foreach (var (name, ports) in slots)
            {
                var process = new SiloHost(context.Home, context.Repository, context.Clock)
                    .Start(name, ports, database, configurationFile, out var silo);
                silo = complete(silo);
                started.Add((silo, process));
                _register.Save(silo);
            }

            await Progress.WaitAsync(context.Terminal, What(slots), () => AwaitAllAsync(started, cancellation));
        }
        catch
        {
            // Silos that did not come up in time, or that nobody waits for any more, must not stay half-started.
            var stop = new SiloStop(_register, context.Terminal, context.Clock);
            await Task.WhenAll(started.Select(one => stop.StopAsync(one.Silo, CancellationToken.None)));
            throw;
        }
        finally
        {
            started.ForEach(one => one.Process.Dispose());
        }

        return [.. started.Select(one => one.Silo)];
    }

    private async Task AwaitAllAsync(IEnumerable<(SiloRecord Silo, Process Process)> started, CancellationToken cancellation)
    {
        var start = new SiloStart(http, context.Clock);
        await Task.WhenAll(started.Select(one => start.AwaitHealthAsync(one.Silo, one.Process, Patience, cancellation)));
    }

    private static string What(IReadOnlyList<(string Name, SiloPorts Ports)> slots) =>
        slots.Count == 1 ? $"Starting {slots[0].Name}" : $"Starting {slots.Count} silos";
}
