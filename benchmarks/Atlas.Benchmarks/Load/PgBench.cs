using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Atlas.Benchmarks.Load;

/// <summary>Runs PostgreSQL's own <c>pgbench</c> with a script.</summary>
/// <param name="connectionString">The database.</param>
/// <param name="script">The script's file.</param>
/// <param name="clients">The number of connections.</param>
internal sealed partial class PgBench(string connectionString, string script, int clients)
{
    private static readonly Lazy<string> Program = new(Find);

    /// <summary>Returns the transactions per second over about <paramref name="window"/>.</summary>
    /// <exception cref="InvalidOperationException">pgbench is not installed, or failed.</exception>
    public async Task<double> RateAsync(TimeSpan window, CancellationToken cancellationToken)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Program.Value,
        [
            "-n", "-M", "prepared", "-c", Text(clients), "-j", "2", "-T", Text(Math.Max(1, (int)Math.Round(window.TotalSeconds))),
            "-f", script, "-h", database.Host!, "-p", Text(database.Port), "-U", database.Username!, database.Database!,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = database.Password ?? "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var rate = Rate().Match(await output);
        return process.ExitCode == 0 && rate.Success
            ? double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {await errors}{await output}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
                : []);
        return folders.Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("pgbench is not installed; it comes with the server package of PostgreSQL.");
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
