using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Atlas.Benchmarks.Harness;
using Atlas.Benchmarks.Life;
using Atlas.Benchmarks.Load;
using Atlas.Benchmarks.Silo;
using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Database;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Npgsql;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Measures what operations cost in processor time, predicts from that how many sessions per second one, two and four silos carry on this
/// machine, and measures it.</summary>
/// <remarks>A session is that of <c>session-life</c>. With several silos, most calls arrive at a silo that has to pass them on, and each silo shares
/// its statements among fewer sessions; both prices are measured on their own. Needs Linux, for the processor time of other processes.</remarks>
internal sealed class ScaleBenchmark(SharedPostgres postgres) : IBenchmark
{
    private const int Callers = 64;

    /// <summary>The calls of a client in a session: start, plan, two of events, step, completion.</summary>
    private const int Calls = 6;

    private static readonly int[] Sizes = [1, 2, 4];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(8);

    public string Name => "scale";

    public string Description => "The processor time of each operation, and the sessions per second that it predicts for one, two and four silos here, against those measured.";

    public async Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("  left out: only Linux says what other processes have used.");
            return new BenchmarkReport([], []);
        }

        var configuration = Path.Combine(Path.GetTempPath(), $"atlas-bench-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(
            configuration, "runtime_safety: { drift: { enabled: false }, review: { require_approval: true } }", cancellationToken);
        var clusters = new List<Measured>();
        try
        {
            foreach (var size in Sizes)
            {
                var address = await SmallKeys.DatabaseAsync(postgres, string.Create(CultureInfo.InvariantCulture, $"scale_{size}"), Callers);
                var silos = await SiloProcesses.StartAsync(address, size, cancellationToken, configuration);
                clusters.Add(new Measured(
                    silos, await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }, cancellationToken), await ServerAsync(address)));
                await clusters[^1].SpendAsync(WholeAsync, Callers, Window * 3, cancellationToken);
            }

            return await MeasureAsync(clusters, rounds, cancellationToken);
        }
        finally
        {
            foreach (var cluster in clusters)
            {
                await cluster.DisposeAsync();
            }

            File.Delete(configuration);
        }
    }

    private async Task<BenchmarkReport> MeasureAsync(IReadOnlyList<Measured> clusters, Rounds rounds, CancellationToken cancellationToken)
    {
        var (one, two) = (clusters[0], clusters[1]);
        var prices = new Dictionary<string, Price>
        {
            ["resolve"] = await one.SpendAsync((client, caller) => client.ResolveAsync(SmallKeys.Name(caller)), Callers, Window, cancellationToken),
            ["start"] = await one.SpendAsync(StartAsync, Callers, Window, cancellationToken),
            ["append-5"] = await one.SpendAsync(Appending(), Callers, Window, cancellationToken),
            ["completion"] = await one.SpendAsync(EndAsync, Callers, Window, cancellationToken),
        };
        prices["completion"] -= prices["start"];

        // A call that reaches the session's grain and stores nothing.
        var near = await one.SpendAsync(Renewing(), Callers, Window, cancellationToken);
        prices["hop"] = (await two.SpendAsync(Renewing(), Callers, Window, cancellationToken) - near) * 2;
        var predictions = new Dictionary<int, double>();
        foreach (var size in Sizes)
        {
            // As many sessions share a statement as callers share a silo.
            var session = await one.SpendAsync(WholeAsync, Callers / size, Window, cancellationToken);
            prices[$"session-{Callers / size}"] = session;
            predictions[size] = new CapacityModel(Environment.ProcessorCount, Calls, commitMicroseconds: 500)
                .Sessions(Callers, session + (prices["hop"] * (Calls * (size - 1.0) / size)));
        }

        var measured = await rounds.Throughputs(9, seconds: 4).CompareAsync(
            [
                .. clusters.Select(cluster => Throughput.Of($"measured-{cluster.Silos.Count}", Callers, caller => WholeAsync(cluster.Client, caller))),
                .. Sizes.Select(size => new Throughput($"predicted-{size}", (_, _) => Task.FromResult(predictions[size]))),
            ],
            cancellationToken);
        return new BenchmarkReport(
            [.. prices.SelectMany(price => Shown(price.Key, price.Value)), .. measured.Measurements(Name)],
            [.. Sizes.Select(size => measured.Ratio($"scale_predicted_vs_measured_{size}", $"predicted-{size}", $"measured-{size}"))]);
    }

    private IEnumerable<Measurement> Shown(string operation, Price price) =>
        new[] { ("client", price.Client), ("silos", price.Silos), ("database", price.Database) }
            .Select(part => new Measurement($"{Name}/{operation}/{part.Item1}", new Spread(part.Item2, part.Item2, part.Item2), "us", 1));

    private static Task WholeAsync(IAtlasClient client, int caller) => SessionLifeBenchmark.WholeAsync(client, SmallKeys.Name(caller), waits: false);

    private static Task<AtlasSession> StartAsync(IAtlasClient client, int caller) => client.StartSessionAsync(new StartSession("Refund an order", SmallKeys.Name(caller)));

    private static async Task EndAsync(IAtlasClient client, int caller)
    {
        var session = await StartAsync(client, caller);
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(0.75)));
    }

    private static Func<IAtlasClient, int, Task> Appending() => OnOpen(session => session.AppendAsync([.. SampleEvents.Read.Take(5)]));

    private static Func<IAtlasClient, int, Task> Renewing() => OnOpen(session => session.RenewAsync());

    /// <summary>The same call over and over on one session for each caller.</summary>
    private static Func<IAtlasClient, int, Task> OnOpen(Func<AtlasSession, Task> call)
    {
        var open = new ConcurrentDictionary<int, AtlasSession>();
        return async (client, caller) =>
        {
            if (!open.TryGetValue(caller, out var session))
            {
                open[caller] = session = await StartAsync(client, caller);
            }

            await call(session);
        };
    }

    /// <summary>Returns the process that has started all processes of the database server.</summary>
    private static async Task<int> ServerAsync(string address)
    {
        await using var database = NpgsqlDataSource.Create(AtlasDatabase.Parse(address).ConnectionString);
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        return ProcessorTime.ParentOf((int)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>A cluster, its client, and what they and the database server use.</summary>
    private sealed record Measured(SiloProcesses Silos, IAtlasClient Client, int Server) : IAsyncDisposable
    {
        /// <summary>Runs an operation at full speed and returns what one of them cost.</summary>
        public async Task<Price> SpendAsync(Func<IAtlasClient, int, Task> operation, int callers, TimeSpan window, CancellationToken cancellationToken)
        {
            // What is left to do of an earlier operation is not charged to this one.
            await Throughput.Of("first", callers, caller => operation(Client, caller)).RateAsync(TimeSpan.FromSeconds(1), cancellationToken);
            var (began, before) = (Stopwatch.GetTimestamp(), Used());
            var rate = await Throughput.Of("all", callers, caller => operation(Client, caller)).RateAsync(window, cancellationToken);
            return (Used() - before) * (1 / (rate * Stopwatch.GetElapsedTime(began).TotalSeconds));
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Silos.DisposeAsync();
        }

        private Price Used()
        {
            using var self = Process.GetCurrentProcess();
            return new Price(self.TotalProcessorTime.TotalMicroseconds, Silos.Used.TotalMicroseconds, ProcessorTime.OfTree(Server).TotalMicroseconds);
        }
    }
}
