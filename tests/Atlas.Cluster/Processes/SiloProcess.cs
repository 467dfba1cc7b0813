using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Atlas.Testing;

namespace Atlas.Cluster.Processes;

/// <summary>A real silo in a process of its own.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Asking = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly string Assembly = typeof(SiloProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Silo").Value!;

    private readonly Process _process;

    private SiloProcess(Process process, SiloSpec spec, string log)
    {
        _process = process;
        Spec = spec;
        Log = log;
    }

    public SiloSpec Spec { get; }

    /// <summary>Where it writes what it says.</summary>
    public string Log { get; }

    public int Id => _process.Id;

    /// <summary>Where its HTTP API is.</summary>
    public Uri Http => new($"http://{Spec.Address}:{Text(Spec.Http)}/");

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it; it does not serve yet when this returns.</summary>
    public static SiloProcess Start(SiloSpec spec, string databaseUrl, string folder, IReadOnlyDictionary<string, string> settings)
    {
        var log = Path.Combine(folder, $"{spec.Name}.log");
        // `exec` makes the silo's number the one that was started here; a file needs nobody who reads it.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", log, .. spec.Host?.Prefix ?? [], "dotnet", Assembly])
        {
            WorkingDirectory = Path.GetDirectoryName(Assembly)!,
        };
        start.Environment["ATLAS_DATABASE_URL"] = databaseUrl;
        start.Environment["Atlas__Silo__Name"] = spec.Name;
        start.Environment["Atlas__Silo__Address"] = spec.Address;
        start.Environment["Atlas__Http__Address"] = spec.Address;
        start.Environment["Atlas__Silo__Port"] = Text(spec.Port);
        start.Environment["Atlas__Silo__GatewayPort"] = Text(spec.Gateway);
        start.Environment["Atlas__Http__Port"] = Text(spec.Http);
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new SiloProcess(Process.Start(start)!, spec, log);
    }

    public async Task<SiloProcess> ServesAsync()
    {
        await Eventually.TrueAsync(
            async () => HasEnded ? throw new InvalidOperationException($"{Spec.Name} ended with {ExitCode} while it started. {LastWords()}") : await HealthAsync(),
            Patience,
            $"{Spec.Name} healthy");
        return this;
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public Task KillAsync() => EndAsync(Signals.Kill);

    /// <summary>Ends it in good order.</summary>
    public Task StopAsync() => EndAsync(Signals.Terminate);

    public void Freeze() => Signals.Send(Id, Signals.Stop);

    public void Resume() => Signals.Send(Id, Signals.Continue);

    public async Task EndsByItselfAsync(TimeSpan patience) =>
        await Eventually.TrueAsync(() => HasEnded, patience, $"the end of {Spec.Name}");

    public string LastWords() => string.Join('\n', File.ReadLines(Log).TakeLast(25));

    public void Dispose()
    {
        if (!HasEnded)
        {
            Signals.Send(Id, Signals.Kill);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task EndAsync(int signal)
    {
        Signals.Send(Id, signal);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    private async Task<bool> HealthAsync()
    {
        try
        {
            using var answer = await Asking.GetAsync(new Uri(Http, "health"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
