namespace Atlas.Benchmarks.Reads;

/// <summary>What a client process is told to do; one line of JSON each way.</summary>
/// <param name="Key">The learning key, or the bare grain's key.</param>
/// <param name="Callers">How many at once.</param>
internal sealed record ReadOrder(string Key, int Callers)
{
    /// <summary><c>resolve</c>, <c>relaxed</c> or <c>bare</c>.</summary>
    public string What { get; init; } = "resolve";

    public double Seconds { get; init; }
}
