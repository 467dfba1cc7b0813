using System.Collections.Immutable;

namespace Atlas.Discovery.Python;

/// <summary>A logical line, which includes everything between brackets, however many lines of the file that takes.</summary>
/// <param name="Indent">The number of leading blanks; a tab counts as one.</param>
/// <param name="Tokens">Its tokens.</param>
internal sealed record PythonLine(int Indent, ImmutableArray<PythonToken> Tokens)
{
    public int Number => Tokens[0].Line;

    public bool StartsWith(string word) => Tokens[0].Kind is PythonTokenKind.Name && Tokens[0].Text == word;
}
