using System.Diagnostics;

namespace Atlas.Cli.Tests.Harness;

/// <summary>The real program in a process of its own.</summary>
internal sealed class AtlasProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private AtlasProcess(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static AtlasProcess Start(
        string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AtlasProcess(Process.Start(start)!);
    }

    public Task<CommandResult> ResultAsync() => ResultAsync(Patience);

    public async Task<CommandResult> ResultAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"atlas did not end within {within}. It said:\n{await _output}\n{await _error}");
        }

        return new CommandResult(_process.ExitCode, await _output, await _error);
    }

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    public void Dispose() => _process.Dispose();
}
