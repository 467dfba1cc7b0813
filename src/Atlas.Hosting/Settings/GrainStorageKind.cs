namespace Atlas.Hosting.Settings;

/// <summary>The ways in which grain states can be written.</summary>
internal static class GrainStorageKind
{
    /// <summary>Many states with one statement.</summary>
    public const string Grouped = "grouped";

    /// <summary>Orleans' own provider: one statement for each state.</summary>
    public const string AdoNet = "adonet";
}
