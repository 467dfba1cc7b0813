using System.Runtime.CompilerServices;

namespace Atlas.Testing;

/// <summary>Has every silo and every <c>atlas</c> of these tests give each session all that was learned. Trials withhold at random, and entries
/// that say the same are merged, which is for the tests of that to switch on; the others must know what a session gets.</summary>
internal static class PlainLearning
{
    private static readonly string[] Variables = ["Atlas__Learning__Evidence__Enabled", "Atlas__Learning__Meaning__Enabled"];

    [ModuleInitializer]
    internal static void TryNothing()
    {
        foreach (var variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, Environment.GetEnvironmentVariable(variable) ?? "false");
        }
    }
}
