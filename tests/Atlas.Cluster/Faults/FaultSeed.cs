using System.Globalization;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>Where the choices of a fault test come from. Printed, and taken from <c>ATLAS_FAULT_SEED</c> to replay.</summary>
internal static class FaultSeed
{
    private const string Variable = "ATLAS_FAULT_SEED";
    private const string KillsVariable = "ATLAS_FAULT_KILLS";
    private const int FewKills = 3;
    private const string NetworkVariable = "ATLAS_FAULT_NETWORK";
    private const int FewRounds = 1;

    /// <summary>How often silos are killed; <c>ATLAS_FAULT_KILLS=100</c> is the long form.</summary>
    public static int Kills => Number(KillsVariable) ?? FewKills;

    /// <summary>Whether this is the long form.</summary>
    public static bool IsLong => Number(KillsVariable) > FewKills;

    /// <summary>How often the network is disturbed; <c>ATLAS_FAULT_NETWORK=30</c> is the long form.</summary>
    public static int NetworkRounds => Number(NetworkVariable) ?? FewRounds;

    /// <summary>Whether this is the long form of the faults of the network.</summary>
    public static bool IsLongNetwork => NetworkRounds > FewRounds;

    public static int Take()
    {
        var seed = Number(Variable) ?? Random.Shared.Next();
        Say($"Replay with {Variable}={seed}.");
        return seed;
    }

    /// <summary>Writes a line for whoever runs the tests.</summary>
    public static void Say(FormattableString line)
    {
        var text = FormattableString.Invariant(line);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Console.WriteLine(text);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
