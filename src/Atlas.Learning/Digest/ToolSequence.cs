using System.Collections.Immutable;
using System.Text;

namespace Atlas.Learning.Digest;

/// <summary>Tool names in order, with runs of the same name collapsed, within a budget of bytes; the earliest ones are kept.</summary>
internal sealed class ToolSequence(int budget)
{
    // Longer names than any model provider accepts, and names with control characters, are noise in a log.
    private const int LongestName = 128;

    private readonly List<string> _names = [];
    private int _used;

    public int Calls { get; private set; }

    public bool Truncated { get; private set; }

    public void Add(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            return;
        }

        Calls++;
        if (Truncated || (_names.Count > 0 && _names[^1] == name))
        {
            return;
        }

        var cost = Encoding.UTF8.GetByteCount(name) + 3;
        if (_used + cost > budget)
        {
            Truncated = true;
            return;
        }

        _used += cost;
        _names.Add(name);
    }

    public ImmutableArray<string> Names() => [.. _names];
}
