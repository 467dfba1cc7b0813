namespace Atlas.Cluster.Histories;

/// <summary>A playbook with all versions before it. Two are equal if their whole pasts are.</summary>
internal sealed class HeadState : IEquatable<HeadState>
{
    private readonly HeadState? _parent;
    private readonly UInt128 _past;

    private HeadState(HeadState? parent, int version, string text)
    {
        _parent = parent;
        Version = version;
        Text = text;

        // A running hash of all texts: long enough that two pasts never share one by chance.
        var hash = parent?._past ?? 0x6c62272e07bb0142;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * new UInt128(0x0000000001000000, 0x000000000000013B);
        }

        _past = (hash ^ '\n') * new UInt128(0x0000000001000000, 0x000000000000013B);
    }

    public static HeadState Empty { get; } = new(null, 0, "");

    public int Version { get; }

    public string Text { get; }

    /// <summary>The state with a text made current. The same text again is no new version.</summary>
    public HeadState With(string text) => text == Text && Version > 0 ? this : new HeadState(this, Version + 1, text);

    /// <summary>What a version said; null if there is none.</summary>
    public string? TextOf(int version)
    {
        for (var state = this; state is not null; state = state._parent)
        {
            if (state.Version == version)
            {
                return state.Text;
            }
        }

        return null;
    }

    public bool Equals(HeadState? other) => other is not null && Version == other.Version && _past == other._past;

    public override bool Equals(object? obj) => Equals(obj as HeadState);

    public override int GetHashCode() => _past.GetHashCode();
}
