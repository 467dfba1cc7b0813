namespace Atlas.Domain.Playbooks;

/// <summary>The lifecycle states of an entry.</summary>
public static class EntryLifecycle
{
    /// <summary>Accepted; all gates passed.</summary>
    public const string Active = "active";

    /// <summary>Accepted although it is not general; waits for a later synthesis to confirm it.</summary>
    public const string Provisional = "provisional";

    /// <summary>Not proposed again by a later synthesis. Still matched and counted; active again if a synthesis proposes it again.</summary>
    public const string Deprecated = "deprecated";

    /// <summary>Removed because of its measured impact; only a trace is kept.</summary>
    public const string Pruned = "pruned";

    /// <summary>Never accepted; named only in the last failure.</summary>
    public const string Rejected = "rejected";
}
