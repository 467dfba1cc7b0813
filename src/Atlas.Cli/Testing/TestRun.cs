using System.Diagnostics;
using Atlas.Cli.Output;

namespace Atlas.Cli.Testing;

/// <summary>Runs one suite in a separate process.</summary>
internal sealed class TestRun(Terminal terminal, TimeProvider clock)
{
    private readonly List<string> _failures = [];

    /// <summary>Gets the failures of all suites so far, one line each.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Runs a suite and returns its tally. A suite that crashed or ran no tests counts as one failure, so that it cannot go
    /// unnoticed.</summary>
    public async Task<TestTally> RunAsync(TestSuite suite, CancellationToken cancellation)
    {
        var results = Path.Combine(Path.GetDirectoryName(suite.Assembly)!, "TestResults", "results.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);

        terminal.Data($"{suite.Name} …");
        var began = clock.GetTimestamp();
        var exitCode = await ExecuteAsync(suite, results, cancellation);
        var tally = Judge(suite, TestTally.Read(results), exitCode);
        _failures.AddRange(FailedTest.Read(results).Select(failed => $"{suite.Name}: {failed.Name}: {failed.Message}"));
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        terminal.Data(FormattableString.Invariant(
            $"{suite.Name}: {tally.Passed} passed, {tally.Failed} failed, {tally.Skipped} skipped ({seconds:0.0} s)"));
        return tally;
    }

    private TestTally Judge(TestSuite suite, TestTally? tally, int exitCode)
    {
        if (tally is null)
        {
            Fail($"{suite.Name} ended with exit code {exitCode} before it wrote a result.");
            return new TestTally(0, 1, 0);
        }

        if (tally.Total == 0)
        {
            Fail($"{suite.Name} ran no tests.");
            return new TestTally(0, 1, 0);
        }

        if (exitCode != 0 && tally.Failed == 0)
        {
            Fail($"{suite.Name} ended with exit code {exitCode} although no test failed.");
            return tally with { Failed = 1 };
        }

        return tally;
    }

    private void Fail(string reason)
    {
        terminal.Data(reason);
        _failures.Add(reason);
    }

    private async Task<int> ExecuteAsync(TestSuite suite, string results, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            "dotnet", [suite.Assembly, "-noLogo", "-noColor", "-noAutoReporters", "-reporter", "quiet", "-result-xml", results])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private void Pass(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lock (terminal)
            {
                terminal.Data(line);
            }
        }
    }
}
