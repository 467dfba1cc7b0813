namespace Atlas.Learning.Text;

/// <summary>Orders texts by code point, as Python does; plain ordinal order would put U+1F600 before U+FF01.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    public static CodePointComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return Rank(x[i]).CompareTo(Rank(y[i]));
            }
        }

        return x.Length.CompareTo(y.Length);
    }

    /// <summary>Surrogates represent code points above U+FFFF, so they come last.</summary>
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
