using System.Diagnostics;
using Xunit;

namespace Atlas.Http.Tests.Harness;

/// <summary>Runs node and npm.</summary>
internal static class Node
{
    public static async Task<string> RunAsync(string folder, Uri api, params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ATLAS_URL"] = api.AbsoluteUri },
        })!;
        var complained = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {said}\n{await complained}");
        return said;
    }
}
