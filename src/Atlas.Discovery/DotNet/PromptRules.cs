using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds texts for models: system messages, instructions, and constants that are named like a prompt.</summary>
internal static class PromptRules
{
    private const int ShortestPrompt = 15;

    public static bool IsPromptName(string name) =>
        name.EndsWith("Prompt", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Instructions", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("SystemMessage", StringComparison.OrdinalIgnoreCase);

    public static void Read(CSharpFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            var (name, expression) = node switch
            {
                VariableDeclaratorSyntax variable when IsPromptName(variable.Identifier.ValueText) =>
                    (variable.Identifier.ValueText, variable.Initializer?.Value),
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } set when IsPromptName(left.Identifier.ValueText) =>
                    (left.Identifier.ValueText, set.Right),
                ArgumentSyntax { NameColon.Name: { } label } argument when IsPromptName(label.Identifier.ValueText) =>
                    (label.Identifier.ValueText, argument.Expression),
                BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var role, var text] } when role.Expression.ToString() == "ChatRole.System" =>
                    ("system message", text.Expression),
                ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var text, ..] } message when CSharpFile.NameOf(message.Type) == "SystemChatMessage" =>
                    ("system message", text.Expression),
                _ => ("", (ExpressionSyntax?)null),
            };
            if (expression is not null && file.TextOf(expression) is { Length: >= ShortestPrompt } told && !file.Source.IsTest)
            {
                file.Log.Prompts.Add(new PromptFinding(name, told, file.At(node)));
            }
        }
    }
}
