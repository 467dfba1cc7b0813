namespace Atlas.Grains.Tests.Storage;

/// <summary>What a grain storage must hold for one grain: the row, and what each way of touching it must answer.</summary>
/// <param name="Version">Version of the row; 0 while there is none.</param>
/// <param name="Value">The state; null before the first write and once it was cleared.</param>
internal sealed record StorageModel(int Version, Sheet? Value)
{
    public static StorageModel Nothing { get; } = new(0, null);

    /// <summary>The row after a step, and whether the step must have succeeded.</summary>
    /// <param name="kind">Read, write or clear.</param>
    /// <param name="known">The version that the one who does it knows; 0 for none.</param>
    /// <param name="written">What he writes.</param>
    public (StorageModel After, bool Succeeds) Apply(StepKind kind, int known, Sheet written)
    {
        switch (kind)
        {
            case StepKind.Read:
                return (this, true);
            case StepKind.Write:
                return known == Version ? (new StorageModel(Version + 1, written), true) : (this, false);
            default:
                // Who knows of no state looks first, and so clears what is there, or finds nothing to clear.
                var looks = known == 0;
                return looks && Value is null ? (this, true)
                    : looks || known == Version ? (new StorageModel(Version + 1, null), true)
                    : (this, false);
        }
    }
}
