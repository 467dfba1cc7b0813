namespace Atlas.Hosting.Settings;

/// <summary>The ways to write grain states.</summary>
internal static class GrainStorageKind
{
    /// <summary>Many states with one statement.</summary>
    public const string Grouped = "grouped";

    /// <summary>The Orleans provider: one statement for each state.</summary>
    public const string AdoNet = "adonet";
}
