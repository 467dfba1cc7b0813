namespace Atlas.Discovery.Findings;

/// <summary>The location of a finding.</summary>
/// <param name="File">The file, relative to the project's root, with forward slashes.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
