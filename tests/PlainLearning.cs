using System.Runtime.CompilerServices;

namespace Atlas.Testing;

/// <summary>Has every silo and every <c>atlas</c> of these tests give each session all that was learned. Trials withhold at random, which is
/// for the tests of trials to switch on; the others must know what a session gets.</summary>
internal static class PlainLearning
{
    private const string Variable = "Atlas__Learning__Evidence__Enabled";

    [ModuleInitializer]
    internal static void TryNothing() =>
        Environment.SetEnvironmentVariable(Variable, Environment.GetEnvironmentVariable(Variable) ?? "false");
}
