using Atlas.Discovery.Findings;
using Atlas.Discovery.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>A C# file and the meaning of its names.</summary>
internal sealed class CSharpFile(SourceFile source, SyntaxTree tree, Lazy<SemanticModel> meaning, FindingLog log)
{
    private const int MostSteps = 8;

    public SourceFile Source => source;

    public FindingLog Log => log;

    public SyntaxNode Root => tree.GetRoot();

    public SemanticModel Meaning => meaning.Value;

    public SourceLocation At(SyntaxNode node) => new(source.Path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    public string NamespaceOf(SyntaxNode node) =>
        node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? Path.GetFileNameWithoutExtension(source.Path);

    /// <summary>Returns the constant text of an expression: a literal, a constant, a variable that is assigned once, or a default; null if
    /// it is only known at run time.</summary>
    public string? TextOf(ExpressionSyntax? expression, int steps = 0)
    {
        if (expression is null || steps > MostSteps)
        {
            return null;
        }

        if (Meaning.GetConstantValue(expression) is { HasValue: true, Value: string constant })
        {
            return constant;
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax inner => TextOf(inner.Expression, steps + 1),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => TextOf(either.Right, steps + 1),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum =>
                TextOf(sum.Left, steps + 1) is { } left && TextOf(sum.Right, steps + 1) is { } right ? left + right : null,
            PostfixUnaryExpressionSyntax forgiven => TextOf(forgiven.Operand, steps + 1),
            InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => part switch
            {
                InterpolatedStringTextSyntax plain => plain.TextToken.ValueText,
                InterpolationSyntax hole => TextOf(hole.Expression, steps + 1) ?? "{" + hole.Expression + "}",
                _ => "",
            })),
            BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only, ..] } => TextOf(only.Expression, steps + 1),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => TextOf(Initialiser(expression), steps + 1),
            _ => null,
        };
    }

    /// <summary>Returns the environment variable or configuration key from which an expression reads a key; null if it reads
    /// none.</summary>
    public string? KeyVariableOf(ExpressionSyntax? expression, int steps = 0)
    {
        if (expression is null || steps > MostSteps)
        {
            return null;
        }

        foreach (var node in expression.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax { ArgumentList.Arguments: [var name, ..] } call
                && NameOf(call) is "GetEnvironmentVariable"
                && TextOf(name.Expression) is { } variable
                && KeyVariable.CouldBe(variable))
            {
                return variable;
            }

            if (node is ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] }
                && TextOf(key.Expression) is { Length: > 0 } setting
                && setting.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ':' or '-')
                && setting.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_') is var asVariable
                && KeyVariable.CouldBe(asVariable))
            {
                return asVariable;
            }
        }

        return expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => Initialiser(name) is { } initialiser ? KeyVariableOf(initialiser, steps + 1) : null)
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>Returns the last name of the called method: <c>Create</c> of <c>AIFunctionFactory.Create(…)</c>.</summary>
    public static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Returns the simple name of a type as it is written, without its type arguments.</summary>
    public static string NameOf(TypeSyntax? type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => type?.ToString() ?? "",
    };

    /// <summary>Returns the type that is created, even if <c>new()</c> does not name it.</summary>
    public string MadeBy(BaseObjectCreationExpressionSyntax creation) => creation is ObjectCreationExpressionSyntax named
        ? NameOf(named.Type)
        : Meaning.GetTypeInfo(creation).Type?.Name ?? "";

    /// <summary>Returns an argument by name, or else by position; null if it is not given.</summary>
    public static ExpressionSyntax? Argument(BaseArgumentListSyntax? arguments, string name, int position)
    {
        var all = arguments?.Arguments ?? default;
        return (all.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)
            ?? (position >= 0 && position < all.Count && all[position].NameColon is null ? all[position] : null))?.Expression;
    }

    /// <summary>Returns the value that an initializer assigns to a property: <c>{ Name = … }</c>.</summary>
    public static ExpressionSyntax? Property(BaseObjectCreationExpressionSyntax? creation, string name) => creation?.Initializer?.Expressions
        .OfType<AssignmentExpressionSyntax>()
        .FirstOrDefault(assignment => assignment.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name)?.Right;

    private ExpressionSyntax? Initialiser(ExpressionSyntax name) =>
        Meaning.GetSymbolInfo(name).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax variable when variable.SyntaxTree == tree => variable.Initializer?.Value,
            PropertyDeclarationSyntax property when property.SyntaxTree == tree => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            _ => null,
        };
}
