using System.Diagnostics;
using System.Reflection;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Silo;

namespace Atlas.Benchmarks.Commands;

/// <summary>Measures how much longer commands take than a program of .NET that prints one line: from the start of the process to its end, the
/// launcher included.</summary>
internal sealed class CommandLineBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int FullRounds = 25;
    private const int WarmUps = 2;

    public string Name => "command-line";

    public bool IsQuick => true;

    public string Description => "Runs `atlas --help`, `atlas status` and `atlas playbook show`, and a program of .NET that prints one line.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        var address = await SmallKeys.DatabaseAsync(postgres, "command_line", keys: 1);
        var workspace = Directory.CreateTempSubdirectory("atlas-bench-").FullName;
        try
        {
            (string Name, string Program, string[] Arguments)[] commands =
            [
                ("dotnet", "dotnet", [Path("OneLine")]),
                ("help", Path("Launcher"), ["--help"]),
                ("status", Path("Launcher"), ["status"]),
                ("playbook-show", Path("Launcher"), ["playbook", "show", SmallKeys.Name(0)]),
            ];
            var samples = commands.Select(_ => new List<double>()).ToArray();
            for (var round = -WarmUps; round < rounds.OfLong(FullRounds); round++)
            {
                for (var turn = 0; turn < commands.Length; turn++)
                {
                    var index = Math.Abs(round + turn) % commands.Length;
                    var took = await TimeAsync(commands[index].Program, commands[index].Arguments, workspace, address, cancellationToken);
                    if (round >= 0)
                    {
                        samples[index].Add(took.TotalMilliseconds);
                    }
                }
            }

            return new BenchmarkReport(
                [.. commands.Select((command, index) => new Measurement($"{Name}/{command.Name}", Spread.Of(samples[index]), "ms", samples[index].Count))],
                [Ratio.Of("cli_over_dotnet_ms", samples[1..].SelectMany(command => command.Zip(samples[0], (ours, bare) => ours - bare)))]);
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }

    private static async Task<TimeSpan> TimeAsync(
        string program, string[] arguments, string workspace, string address, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ATLAS_HOME"] = workspace;
        start.Environment["ATLAS_DATABASE_URL"] = address;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        return (await output).Length > 0 ? took : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} printed nothing but: {await errors}");
    }

    private static string Path(string name) => System.IO.Path.GetFullPath(
        typeof(CommandLineBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == name).Value!);
}
