namespace Atlas.Discovery.Python;

/// <summary>A token of a Python file.</summary>
/// <param name="Kind">The kind of token.</param>
/// <param name="Text">The name or symbol; for a string its unescaped contents.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Line)
{
    public bool Is(string sign) => Kind is PythonTokenKind.Sign && Text == sign;
}

internal enum PythonTokenKind
{
    Name,
    Number,
    Text,
    Sign,
}
