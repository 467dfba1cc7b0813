using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Atlas.Postgres;

/// <summary>The output and exit code of a program.</summary>
internal sealed record ProcessAnswer(int ExitCode, string Output)
{
    /// <summary>The exit code for a program that could not be run.</summary>
    public const int NotRun = -1;
}

/// <summary>Runs a short-lived program until it ends.</summary>
internal static class ProcessRunner
{
    /// <summary>Returns standard output and error together; a program that cannot be run gives
    /// <see cref="ProcessAnswer.NotRun"/>.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">The longest time.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <param name="environment">Variables in addition to those of this process; null for none.</param>
    /// <exception cref="TimeoutException">It did not end in time; it was killed.</exception>
    public static async Task<ProcessAnswer> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        Isolate(start);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            return new ProcessAnswer(ProcessAnswer.NotRun, missing.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return new ProcessAnswer(process.ExitCode, (await output.ConfigureAwait(false) + await error.ConfigureAwait(false)).Trim());
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(program)} did not end within {timeout.TotalSeconds:0} s."));
            }
        }
    }

    private static void Isolate(ProcessStartInfo start)
    {
        // PGDATA, PGPORT and similar variables of the caller refer to another server; the locale is fixed because messages are parsed
        // below.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
    }
}
