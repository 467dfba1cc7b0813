namespace Atlas.Domain.Playbooks;

/// <summary>Where an entry stands.</summary>
public static class EntryLifecycle
{
    /// <summary>Accepted, all gates passed.</summary>
    public const string Active = "active";

    /// <summary>Accepted although it is not general; waits to be confirmed by a later synthesis.</summary>
    public const string Provisional = "provisional";

    /// <summary>Not taken up again by a later synthesis. Still matched and counted; taken up again it is active.</summary>
    public const string Deprecated = "deprecated";

    /// <summary>Removed for what its impact showed; only a trace is kept.</summary>
    public const string Pruned = "pruned";

    /// <summary>Never accepted; named in the last failure only.</summary>
    public const string Rejected = "rejected";
}
