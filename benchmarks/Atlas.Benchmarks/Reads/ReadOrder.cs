namespace Atlas.Benchmarks.Reads;

/// <summary>An order to a client process; one line of JSON in each direction.</summary>
/// <param name="Key">The learning key, or the bare grain's key.</param>
/// <param name="Callers">The number of concurrent callers.</param>
internal sealed record ReadOrder(string Key, int Callers)
{
    /// <summary>Gets what to read: <c>resolve</c>, <c>relaxed</c> or <c>bare</c>.</summary>
    public string What { get; init; } = "resolve";

    public double Seconds { get; init; }
}
