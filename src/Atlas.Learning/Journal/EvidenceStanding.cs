namespace Atlas.Learning.Journal;

/// <summary>Whether a session is part of the evidence of its learning key.</summary>
public enum EvidenceStanding
{
    /// <summary>It never was: nothing was drawn for it, it says nothing, or its author had reached the share.</summary>
    NotCounted,

    /// <summary>It is.</summary>
    In,

    /// <summary>It was counted, but is quarantined.</summary>
    Out,
}
