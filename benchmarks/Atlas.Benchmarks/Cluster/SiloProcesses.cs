using System.Diagnostics;
using System.Globalization;
using Atlas.Testing;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Silos as in production, each in its own process.</summary>
internal sealed class SiloProcesses : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Atlas.Silo.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<Process> _processes = [];
    private readonly string? _configuration;
    private int _started;

    private SiloProcesses(string? configuration) => _configuration = configuration;

    public int Count => _processes.Count;

    /// <summary>Gets the processor time that the silos have used.</summary>
    public TimeSpan Used => TimeSpan.FromTicks(_processes.Sum(process => ProcessorTime.OfTree(process.Id).Ticks));

    /// <summary>Starts silos on an up-to-date database, and waits until each is healthy.</summary>
    /// <param name="databaseUrl">The database.</param>
    /// <param name="silos">Their number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="configuration">The path of their configuration file; null for the defaults.</param>
    public static async Task<SiloProcesses> StartAsync(
        string databaseUrl, int silos, CancellationToken cancellationToken, string? configuration = null)
    {
        var started = new SiloProcesses(configuration);
        try
        {
            for (var number = 0; number < silos; number++)
            {
                await started.AddAsync(databaseUrl, cancellationToken);
            }

            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async Task AddAsync(string databaseUrl, CancellationToken cancellationToken)
    {
        var ports = FreePorts.Find(3);
        var name = string.Create(CultureInfo.InvariantCulture, $"silo-{++_started}");
        var start = new ProcessStartInfo("dotnet",
        [
            Program,
            $"--Atlas:Silo:Name={name}",
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),
            "--Logging:LogLevel:Default=None",
            "--Logging:LogLevel:Orleans=None",
            "--Logging:LogLevel:Microsoft.AspNetCore=None",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["ATLAS_DATABASE_URL"] = databaseUrl;
        start.Environment["ATLAS_CONFIG"] = _configuration;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
            {
                Console.Error.WriteLine($"  silo: {line.Data}");
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        using var http = new HttpClient();
        var health = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[2]}/health"));
        await Eventually.TrueAsync(
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"The silo {name} ended with exit code {process.ExitCode} while it started.");
                }

                return await IsHealthyAsync(http, health);
            },
            Patience,
            $"The health of {name}");
    }

    /// <summary>Kills the oldest silo, as a power failure would.</summary>
    public void KillOldest()
    {
        var oldest = _processes[0];
        _processes.RemoveAt(0);
        oldest.Kill();
        oldest.WaitForExit();
        oldest.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _processes.Clear();
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, Uri health)
    {
        try
        {
            using var answer = await http.GetAsync(health);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
