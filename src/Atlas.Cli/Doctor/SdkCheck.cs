using System.ComponentModel;
using System.Diagnostics;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the .NET SDK that builds Atlas.</summary>
internal sealed class SdkCheck(Repository repository) : ICheck
{
    private const string Name = ".NET SDK";
    private const string Advice = "Install the .NET 10 SDK from https://dotnet.microsoft.com/download/dotnet/10.0.";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        // Run in the repository, so that its global.json decides what is new enough.
        var start = new ProcessStartInfo("dotnet", ["--version"])
        {
            WorkingDirectory = repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var version = (await process.StandardOutput.ReadToEndAsync(cancellation)).Trim();
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? [Finding.Ok(Name, version)]
                : [Finding.Problem(Name, "no installed SDK is new enough", Advice)];
        }
        catch (Win32Exception)
        {
            return [Finding.Problem(Name, "the program dotnet is not on the PATH", Advice)];
        }
    }
}
