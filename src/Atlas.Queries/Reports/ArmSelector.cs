using System.Collections.Immutable;

namespace Atlas.Queries.Reports;

/// <summary>Tells sessions by their metadata: those with a tag, or those with a value at a path.</summary>
public sealed record ArmSelector
{
    private ArmSelector(ImmutableArray<string> path, string value)
    {
        Path = path;
        Value = value;
    }

    /// <summary>Members from the metadata down to the value; empty for a tag.</summary>
    public ImmutableArray<string> Path { get; }

    /// <summary>The tag, or the value as text.</summary>
    public string Value { get; }

    /// <summary>Sessions with this tag.</summary>
    public static ArmSelector Tag(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        return new([], tag);
    }

    /// <summary>Sessions whose metadata has this value, say <c>base</c> at <c>import</c>, <c>arm</c>.</summary>
    public static ArmSelector At(ImmutableArray<string> path, string value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(path.Length);
        ArgumentNullException.ThrowIfNull(value);
        return new(path, value);
    }

    /// <summary>Reads <c>tag</c> or <c>path.to.member=value</c>.</summary>
    public static ArmSelector Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? At([.. text[..at].Split('.')], text[(at + 1)..]) : Tag(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Path.IsEmpty ? Value : $"{string.Join('.', Path)}={Value}";
}
