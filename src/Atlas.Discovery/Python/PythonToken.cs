namespace Atlas.Discovery.Python;

/// <summary>A word of a Python file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name or sign; of a string what it says, unescaped.</param>
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
