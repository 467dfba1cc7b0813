using System.Collections.Immutable;

namespace Atlas.Discovery.Python;

/// <summary>A call: <c>openai.OpenAI(model="x")</c>.</summary>
/// <param name="Name">The called name, with its dots.</param>
/// <param name="Positional">The positional arguments, in order.</param>
/// <param name="Named">The keyword arguments.</param>
/// <param name="Line">The line.</param>
internal sealed record PythonCall(
    string Name,
    ImmutableArray<ImmutableArray<PythonToken>> Positional,
    ImmutableDictionary<string, ImmutableArray<PythonToken>> Named,
    int Line)
{
    /// <summary>Gets the last name of what is called.</summary>
    public string Function => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>Returns all calls in a line, including nested ones.</summary>
    public static IEnumerable<PythonCall> In(ImmutableArray<PythonToken> tokens)
    {
        for (var open = 1; open < tokens.Length; open++)
        {
            if (!tokens[open].Is("(") || tokens[open - 1].Kind is not PythonTokenKind.Name)
            {
                continue;
            }

            var start = open - 1;
            while (start >= 2 && tokens[start - 1].Is(".") && tokens[start - 2].Kind is PythonTokenKind.Name)
            {
                start -= 2;
            }

            if (start > 0 && tokens[start - 1] is { Kind: PythonTokenKind.Name, Text: "def" or "class" })
            {
                continue;
            }

            yield return Read(string.Concat(tokens[start..open].Select(token => token.Text)), tokens, open + 1);
        }
    }

    private static PythonCall Read(string name, ImmutableArray<PythonToken> tokens, int start)
    {
        var positional = ImmutableArray.CreateBuilder<ImmutableArray<PythonToken>>();
        var named = ImmutableDictionary.CreateBuilder<string, ImmutableArray<PythonToken>>(StringComparer.Ordinal);
        foreach (var argument in Split(tokens, start))
        {
            if (argument is [{ Kind: PythonTokenKind.Name } key, var equals, ..] && equals.Is("=") && !(argument.Length > 2 && argument[2].Is("=")))
            {
                named[key.Text] = argument[2..];
            }
            else if (argument.Length > 0)
            {
                positional.Add(argument);
            }
        }

        return new PythonCall(name, positional.ToImmutable(), named.ToImmutable(), tokens[start - 1].Line);
    }

    /// <summary>Returns what is between a bracket and its partner, split at the commas.</summary>
    internal static IEnumerable<ImmutableArray<PythonToken>> Split(ImmutableArray<PythonToken> tokens, int start)
    {
        var depth = 0;
        var from = start;
        for (var at = start; at < tokens.Length; at++)
        {
            if (tokens[at].Kind is not PythonTokenKind.Sign)
            {
                continue;
            }

            switch (tokens[at].Text)
            {
                case "(" or "[" or "{":
                    depth++;
                    break;
                case ")" or "]" or "}" when depth-- == 0:
                    yield return tokens[from..at];
                    yield break;
                case "," when depth == 0:
                    yield return tokens[from..at];
                    from = at + 1;
                    break;
                default:
                    break;
            }
        }

        yield return tokens[from..];
    }
}
