namespace Atlas.Models.Synthesis.Offline;

/// <summary>The lengths required by <c>playbook_entry.v1</c>, in characters.</summary>
internal static class EntryLimits
{
    public const int Imperative = 120;
    public const int Pattern = 150;
    public const int ExpectedEffect = 200;
    public const int Constraints = 250;
}
