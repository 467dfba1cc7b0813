using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Atlas.Identity;

namespace Atlas.Benchmarks.Reads;

/// <summary>A cluster client in a separate process: this program, started again.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    /// <param name="databaseUrl">The cluster's database.</param>
    /// <param name="credential">The credential it presents to silos; null if they require none.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<ClientProcess> StartAsync(string databaseUrl, AtlasCredential? credential, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ClientProcess).Assembly.Location, ClientRole.Argument, databaseUrl])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[AtlasCredential.Variable] = credential?.Reveal();
        var client = new ClientProcess(Process.Start(start)!);
        return await client._process.StandardOutput.ReadLineAsync(cancellationToken) == ClientRole.Ready
            ? client
            : throw new InvalidOperationException("The client process could not connect.");
    }

    /// <summary>Returns a function that has the process read at full speed and returns the completed reads per second.</summary>
    public Func<TimeSpan, CancellationToken, Task<double>> Rate(ReadOrder order) => async (window, cancellationToken) =>
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order with { Seconds = window.TotalSeconds }));
        var answer = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw new InvalidOperationException($"The client process ended early: {answer}");
    };

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
