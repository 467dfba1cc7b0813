using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Atlas.Benchmarks.Reads;

/// <summary>A cluster client in a process of its own: this program, started again.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    public static async Task<ClientProcess> StartAsync(string databaseUrl, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ClientProcess).Assembly.Location, ClientRole.Argument, databaseUrl])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var client = new ClientProcess(Process.Start(start)!);
        return await client._process.StandardOutput.ReadLineAsync(cancellationToken) == ClientRole.Ready
            ? client
            : throw new InvalidOperationException("The client process could not connect.");
    }

    /// <summary>Has the process read at full speed, and says how many reads per second it finished.</summary>
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
