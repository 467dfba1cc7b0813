using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Atlas.Cli.Tests.Harness;

/// <summary>What the tests do to processes from outside.</summary>
internal static class Shell
{
    /// <param name="signal">Its name without SIG: <c>KILL</c>, <c>TERM</c>.</param>
    /// <param name="pid">The process.</param>
    public static void Signal(string signal, int pid)
    {
        using var kill = Process.Start("kill", ["-s", signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
