namespace Atlas.Learning.Journal;

/// <summary>What a learning key knows about a session.</summary>
public enum SessionStanding
{
    /// <summary>Nothing: it was never counted.</summary>
    Unknown,

    /// <summary>Counted, but it does not teach.</summary>
    Observed,

    /// <summary>Counted, and it teaches or has taught.</summary>
    Applied,
}
