using System.Diagnostics;
using System.Text;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>Runs programs in one folder, with variables that hold for all of them.</summary>
/// <param name="folder">The working directory.</param>
/// <param name="variables">Set, or with null taken away.</param>
internal sealed class Shell(string folder, IReadOnlyDictionary<string, string?> variables)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>The same in a folder below, which is made, and with more variables.</summary>
    public Shell In(string name, IReadOnlyDictionary<string, string?>? more = null) => new(
        Directory.CreateDirectory(Path.Combine(folder, name)).FullName,
        variables.Concat(more ?? new Dictionary<string, string?>())
            .GroupBy(variable => variable.Key, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal));

    public string Folder => folder;

    public Task WriteAsync(string file, string content) => File.WriteAllTextAsync(Path.Combine(folder, file), content);

    /// <summary>Runs a program to its end, which has to be a good one.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await error}");
        return await output;
    }

    /// <summary>Starts a program that goes on by itself.</summary>
    /// <param name="output">Gets what it writes.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public Process StartInBackground(StringBuilder output, string program, params string[] arguments)
    {
        var process = Start(program, arguments);
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
