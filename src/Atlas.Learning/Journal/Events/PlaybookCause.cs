namespace Atlas.Learning.Journal;

/// <summary>Why a version exists.</summary>
public static class PlaybookCause
{
    public const string Synthesis = "synthesis";
    public const string Prune = "prune";
    public const string Rollback = "rollback";
    public const string Import = "import";
    public const string Edit = "edit";
}
