namespace Atlas.Cluster.Linearizability;

/// <summary>A set of operations by their numbers; equal if it holds the same ones.</summary>
internal sealed class OperationSet : IEquatable<OperationSet>
{
    private readonly ulong[] _bits;

    public OperationSet(int size)
        : this(new ulong[(size + 63) / 64])
    {
    }

    private OperationSet(ulong[] bits)
    {
        _bits = bits;
    }

    public void Add(int operation) => _bits[operation / 64] |= 1UL << (operation % 64);

    public void Remove(int operation) => _bits[operation / 64] &= ~(1UL << (operation % 64));

    public OperationSet Copy() => new((ulong[])_bits.Clone());

    public bool Equals(OperationSet? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as OperationSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var word in _bits)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }
}
