using System.Diagnostics;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Testing;

/// <summary>Builds the solution, tests included.</summary>
internal sealed class SolutionBuild(Repository repository, Terminal terminal)
{
    /// <exception cref="CommandFailedException">It does not compile; the errors were shown.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // Quiet while all is well; worker processes that stay behind would keep the caller's pipes open.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build", repository.SolutionFile, "-c", repository.Configuration, "-v", "quiet", "-nologo",
                "-consoleLoggerParameters:NoSummary", "-nodeReuse:false",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = repository.Root,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            terminal.Say(await output);
            terminal.Say(await errors);
            throw new CommandFailedException(ExitCode.Failed, "The solution does not build; the errors are above.");
        }
    }
}
