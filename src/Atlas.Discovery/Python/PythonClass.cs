using System.Collections.Immutable;

namespace Atlas.Discovery.Python;

/// <summary>A class with its methods.</summary>
internal sealed record PythonClass(string Name, int Indent, ImmutableArray<PythonLine> Decorators, ImmutableArray<PythonToken> Head, int Line)
{
    public List<PythonFunction> Methods { get; } = [];

    /// <summary>Gets the last names of its bases.</summary>
    public IEnumerable<string> Bases => Head.Length > 2 && Head[2].Is("(")
        ? PythonCall.Split(Head, 3).Where(part => part is [.., { Kind: PythonTokenKind.Name }]).Select(part => part[^1].Text)
        : [];

    public IEnumerable<string> DecoratorNames => Decorators.Select(decorator =>
        decorator.Tokens.Skip(1).TakeWhile(token => token.Kind is PythonTokenKind.Name || token.Is(".")).LastOrDefault(token => token.Kind is PythonTokenKind.Name).Text ?? "");
}
