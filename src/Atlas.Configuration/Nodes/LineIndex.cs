namespace Atlas.Configuration.Nodes;

/// <summary>Finds line and column, both from 1, of an offset into a text.</summary>
internal sealed class LineIndex
{
    private readonly List<long> _starts = [0];

    public LineIndex(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    public (int Line, int Column) Find(long offset)
    {
        var found = _starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, (int)(offset - _starts[line]) + 1);
    }
}
