using System.Collections.Immutable;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.Python;

/// <summary>The definitions in a Python file, as far as they can be read without running it.</summary>
internal sealed class PythonModule
{
    private readonly Dictionary<string, ImmutableArray<PythonToken>> _assigned = new(StringComparer.Ordinal);

    public PythonModule(SourceFile source)
    {
        Source = source;
        Lines = PythonLexer.Read(source.Text);
        Name = source.Path[..^".py".Length].Replace('/', '.');
        Name = Name.EndsWith(".__init__", StringComparison.Ordinal) ? Name[..^".__init__".Length] : Name;
        Read();
    }

    public SourceFile Source { get; }

    public string Name { get; }

    public IReadOnlyList<PythonLine> Lines { get; }

    public List<PythonClass> Classes { get; } = [];

    /// <summary>Gets the functions outside classes.</summary>
    public List<PythonFunction> Functions { get; } = [];

    public IEnumerable<(string Name, ImmutableArray<PythonToken> Value)> Assignments => _assigned.Select(pair => (pair.Key, pair.Value));

    public IEnumerable<PythonCall> Calls => Lines.SelectMany(line => PythonCall.In(line.Tokens));

    /// <summary>Returns the text of an argument: a literal, or a variable that was assigned one; null for anything else.</summary>
    public string? TextOf(ImmutableArray<PythonToken> tokens, int steps = 0) => tokens switch
    {
        [{ Kind: PythonTokenKind.Text } text] => text.Text,

        // "…".strip() and the like leave the words unchanged.
        [{ Kind: PythonTokenKind.Text } text, var dot, ..] when dot.Is(".") => text.Text.Trim(),
        [{ Kind: PythonTokenKind.Name } name] when steps < 8 && _assigned.TryGetValue(name.Text, out var value) => TextOf(value, steps + 1),
        [{ Kind: PythonTokenKind.Name, Text: "self" }, var dot, { Kind: PythonTokenKind.Name } name] when dot.Is(".") && steps < 8
            && _assigned.TryGetValue(name.Text, out var value) => TextOf(value, steps + 1),

        // os.getenv("MODEL", "gpt-4.1-mini") and os.environ.get(…): only the default is known.
        [{ Kind: PythonTokenKind.Name, Text: "os" }, ..] => PythonCall.In(tokens).FirstOrDefault() is { Positional: [_, var otherwise] } ? TextOf(otherwise, steps + 1) : null,
        _ => null,
    };

    /// <summary>Returns the environment variable that is read: <c>os.environ["X"]</c>, <c>os.getenv("X")</c>.</summary>
    public string? VariableOf(ImmutableArray<PythonToken> tokens, int steps = 0)
    {
        for (var at = 0; at < tokens.Length; at++)
        {
            if (tokens[at] is { Kind: PythonTokenKind.Name, Text: "getenv" or "environ" })
            {
                return tokens.Skip(at).FirstOrDefault(token => token.Kind is PythonTokenKind.Text) is { Text: { Length: > 0 } variable } ? variable : null;
            }
        }

        return tokens is [{ Kind: PythonTokenKind.Name } name] && steps < 8 && _assigned.TryGetValue(name.Text, out var value)
            ? VariableOf(value, steps + 1)
            : null;
    }

    private void Read()
    {
        var decorators = new List<PythonLine>();
        PythonClass? inside = null;
        for (var at = 0; at < Lines.Count; at++)
        {
            var line = Lines[at];
            if (inside is not null && line.Indent <= inside.Indent && !line.Tokens[0].Is(")"))
            {
                inside = null;
            }

            if (line.Tokens[0].Is("@"))
            {
                decorators.Add(line);
                continue;
            }

            var definition = line.Tokens.Skip(line.StartsWith("async") ? 1 : 0).Take(2).ToArray();
            if (definition is [{ Text: "def" }, { Kind: PythonTokenKind.Name } function])
            {
                var found = new PythonFunction(function.Text, line.Tokens, [.. decorators], DocumentationAt(at), line.Number);
                (inside?.Methods ?? Functions).Add(found);
            }
            else if (definition is [{ Text: "class" }, { Kind: PythonTokenKind.Name } name])
            {
                inside = new PythonClass(name.Text, line.Indent, [.. decorators], line.Tokens, line.Number);
                Classes.Add(inside);
            }
            else if (Assignment(line) is var (target, value))
            {
                _assigned[target] = value;
            }

            decorators.Clear();
        }
    }

    private string? DocumentationAt(int head) =>
        head + 1 < Lines.Count && Lines[head + 1] is { Tokens: [{ Kind: PythonTokenKind.Text } text] } ? text.Text.Trim() : null;

    // name = …, name: str = …, self.name = …
    private static (string Name, ImmutableArray<PythonToken> Value)? Assignment(PythonLine line)
    {
        var equals = line.Tokens.ToList().FindIndex(token => token.Is("="));
        if (equals < 1 || line.Tokens[..equals].Any(token => token.Kind is PythonTokenKind.Sign && token.Text is "(" or "{") || line.Tokens.Length == equals + 1)
        {
            return null;
        }

        var target = line.Tokens[..equals].TakeWhile(token => !token.Is(":")).LastOrDefault(token => token.Kind is PythonTokenKind.Name);
        return target.Text is null ? null : (target.Text, line.Tokens[(equals + 1)..]);
    }
}
