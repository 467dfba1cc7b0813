using System.CommandLine;
using Atlas.Benchmarks.Harness;

namespace Atlas.Benchmarks;

/// <summary>The command line of the benchmarks: figures go to standard output, everything else to standard error.</summary>
internal static class BenchmarkProgram
{
    private const int Usage = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var catalog = new BenchmarkCatalog();
        var names = new Argument<string[]>("NAME")
        {
            Description = "Which benchmarks to run; all of them if none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.Validators.Add(result =>
        {
            foreach (var unknown in result.Tokens.Select(token => token.Value).Where(name => catalog.Find(name) is null))
            {
                result.AddError($"There is no benchmark '{unknown}'. There are: {string.Join(", ", catalog.All.Select(benchmark => benchmark.Name))}.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of Markdown tables." };
        var list = new Option<bool>("--list") { Description = "List the benchmarks instead of running them." };
        var quick = new Option<bool>("--quick") { Description = "Run the benchmarks that matter most with fewer rounds: about five minutes." };
        var against = new Option<string?>("--against") { Description = "Compare the ratios with those in this file, which --json wrote.", HelpName = "FILE" };
        against.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && Complaint(path) is { } complaint)
            {
                result.AddError(complaint);
            }
        });
        var root = new RootCommand("Measures Atlas side by side with what it is compared to.\n\n"
            + string.Join('\n', catalog.All.Select(benchmark => $"  {benchmark.Name}: {benchmark.Description}")))
        {
            names,
            json,
            list,
            quick,
            against,
        };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(list))
            {
                CatalogReport.Write(Console.Out, catalog.All, parsed.GetValue(json));
                return 0;
            }

            var isQuick = parsed.GetValue(quick);
            var chosen = parsed.GetValue(names) is { Length: > 0 } named
                ? named.Distinct(StringComparer.Ordinal).Select(name => catalog.Find(name)!).ToArray()
                : [.. catalog.All.Where(benchmark => benchmark.IsQuick || !isQuick)];
            BenchmarkReport report;
            try
            {
                report = await RunAsync(chosen, isQuick ? RoundOptions.Quick : new RoundOptions(), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Console.Error.WriteLine("Stopped.");
                return Interrupted;
            }

            var changes = parsed.GetValue(against) is { } recorded ? RecordedReport.Read(recorded).Compare(report) : null;
            if (parsed.GetValue(json))
            {
                JsonReport.Write(Console.Out, report, changes);
            }
            else
            {
                MarkdownReport.Write(Console.Out, report, changes);
            }

            return 0;
        });

        var parsed = root.Parse(arguments);
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
        {
            Console.Error.WriteLine(error);
        }

        if (parsed.Errors.Count > 0)
        {
            return Usage;
        }

        // Leaves time to stop the silos and the database cleanly after Ctrl+C.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
        });
    }

    private static string? Complaint(string recorded)
    {
        try
        {
            RecordedReport.Read(recorded);
            return null;
        }
        catch (InvalidDataException unreadable)
        {
            return unreadable.Message;
        }
    }

    private static async Task<BenchmarkReport> RunAsync(IReadOnlyList<IBenchmark> chosen, RoundOptions options, CancellationToken cancellationToken)
    {
        var rounds = new Rounds(options);
        var reports = new List<BenchmarkReport>();
        foreach (var benchmark in chosen)
        {
            Console.Error.WriteLine($"{benchmark.Name}: {benchmark.Description}");
            reports.Add(await benchmark.RunAsync(rounds, cancellationToken));
        }

        return BenchmarkReport.Join(reports);
    }
}
