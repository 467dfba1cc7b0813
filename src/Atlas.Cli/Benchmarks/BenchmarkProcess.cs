using System.Diagnostics;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Benchmarks;

/// <summary>Runs the benchmark program and passes on its output.</summary>
internal sealed class BenchmarkProcess(Repository repository, Terminal terminal)
{
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(90);

    /// <exception cref="CommandFailedException">There is no benchmark of that name.</exception>
    public async Task<ExitCode> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [repository.BenchmarkAssembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = PassAsync(process.StandardOutput, terminal.DataWriter);
        var errors = PassAsync(process.StandardError, terminal.TalkWriter);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // It stops its silos and its database cleanly first.
            Signals.RequestEnd(ProcessIdentity.Of(process.Id)!);
            if (!process.WaitForExit(PatienceAtTheEnd))
            {
                process.Kill(entireProcessTree: true);
            }

            throw;
        }

        await Task.WhenAll(output, errors);
        return process.ExitCode switch
        {
            0 => ExitCode.Ok,
            2 => ExitCode.NotFound, // The only thing that can be wrong with the arguments it got is a name.
            130 => ExitCode.Interrupted,
            _ => ExitCode.Failed,
        };
    }

    private static async Task PassAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }
}
