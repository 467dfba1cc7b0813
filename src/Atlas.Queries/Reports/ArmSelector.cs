using System.Collections.Immutable;

namespace Atlas.Queries.Reports;

/// <summary>Selects sessions by their metadata: those with a tag, or those with a value at a path.</summary>
public sealed record ArmSelector
{
    private ArmSelector(ImmutableArray<string> path, string value)
    {
        Path = path;
        Value = value;
    }

    /// <summary>The path from the metadata to the value; empty for a tag.</summary>
    public ImmutableArray<string> Path { get; }

    /// <summary>The tag, or the value as text.</summary>
    public string Value { get; }

    /// <summary>Selects sessions with a tag.</summary>
    public static ArmSelector Tag(string tag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        return new([], tag);
    }

    /// <summary>Selects sessions whose metadata has a value, such as <c>base</c> at <c>import</c>, <c>arm</c>.</summary>
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
