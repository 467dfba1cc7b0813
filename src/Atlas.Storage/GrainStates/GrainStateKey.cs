namespace Atlas.Storage.GrainStates;

/// <summary>Identifies the row of a grain's state in <c>orleans.grain_state</c>, by the columns of Orleans' ADO.NET provider.</summary>
/// <param name="GrainType">Name of the state.</param>
/// <param name="N0">First half of a GUID key, otherwise 0.</param>
/// <param name="N1">Second half of a GUID key, or a number key, otherwise 0.</param>
/// <param name="Text">A text key, or the extension of a number or GUID key; otherwise empty.</param>
public readonly record struct GrainStateKey(string GrainType, long N0, long N1, string Text) : IComparable<GrainStateKey>
{
    /// <summary>The same order for all writers, so that two batches take their rows in the same sequence and cannot deadlock.</summary>
    public int CompareTo(GrainStateKey other) =>
        string.CompareOrdinal(GrainType, other.GrainType) is not 0 and var byType ? byType
        : string.CompareOrdinal(Text, other.Text) is not 0 and var byText ? byText
        : N0.CompareTo(other.N0) is not 0 and var byFirst ? byFirst
        : N1.CompareTo(other.N1);
}
