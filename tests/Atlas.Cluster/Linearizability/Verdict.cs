namespace Atlas.Cluster.Linearizability;

/// <summary>How a check came out.</summary>
internal enum Verdict
{
    /// <summary>There is an order of the operations that explains every answer.</summary>
    Linearizable,

    /// <summary>There is none.</summary>
    NotLinearizable,

    /// <summary>The check was given up before it knew.</summary>
    Undecided,
}
