using System.Diagnostics;
using Xunit;

namespace Atlas.Testing;

/// <summary>A program of a Debian package that a test needs.</summary>
public static class DebianPackage
{
    /// <summary>Makes sure that a package is there: installs it where that is possible. Without it a test fails under continuous
    /// integration, and is skipped with the reason elsewhere.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="probe">A command that succeeds if it is there.</param>
    public static async Task DemandAsync(string package, params string[] probe)
    {
        if (await SucceedsAsync(probe))
        {
            return;
        }

        if (Environment.UserName is "root" && File.Exists("/usr/bin/apt-get"))
        {
            await SucceedsAsync("apt-get", "update", "-qq");
            await SucceedsAsync("apt-get", "install", "-y", "-qq", "--no-install-recommends", package);
            if (await SucceedsAsync(probe))
            {
                return;
            }
        }

        var reason = $"This test needs the Debian package {package}: sudo apt-get install {package}";
        Assert.True(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), reason);
        Assert.Skip(reason);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Said, string Complained)> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        })!;
        process.StandardInput.Close();
        var complained = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said, await complained);
    }

    private static async Task<bool> SucceedsAsync(params string[] command)
    {
        try
        {
            return (await RunAsync(command)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
