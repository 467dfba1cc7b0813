using System.Diagnostics;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Testing;

/// <summary>Builds the solution including tests, or one project with its dependencies.</summary>
/// <param name="repository">The repository.</param>
/// <param name="terminal">The terminal that errors are printed to.</param>
/// <param name="project">The project's file; null for the whole solution.</param>
internal sealed class SolutionBuild(Repository repository, Terminal terminal, string? project = null)
{
    /// <exception cref="CommandFailedException">It does not compile; the errors were printed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // Quiet as long as nothing fails. Worker processes that stay behind would keep the caller's pipes open.
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build", project ?? repository.SolutionFile, "-c", repository.Configuration, "-v", "quiet", "-nologo",
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
            throw new CommandFailedException(ExitCode.Failed, $"{(project is null ? "The solution" : Path.GetFileName(project))} does not build. The errors are printed above.");
        }
    }
}
