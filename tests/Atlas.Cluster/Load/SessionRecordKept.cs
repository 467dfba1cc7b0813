namespace Atlas.Cluster.Load;

/// <summary>What a client was told of one session, and so must be true.</summary>
internal sealed class SessionRecordKept(long id, string key)
{
    public long Id => id;

    public string Key => key;

    /// <summary>The messages of the events whose appends were acknowledged, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Whether its end was acknowledged.</summary>
    public bool Completed { get; set; }
}
