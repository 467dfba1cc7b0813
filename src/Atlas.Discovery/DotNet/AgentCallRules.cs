using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds calls that create an agent: of the agent framework, of its hosting, of a kernel, or of Atlas itself.</summary>
internal static class AgentCallRules
{
    private const int Made = 90;
    private const int Recorded = 85;
    private const int HasPrompt = 35;
    private const int HasTools = 20;
    private const int InTest = -200;

    public static void Read(CSharpFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            var found = node switch
            {
                InvocationExpressionSyntax call => OfCall(file, call),
                BaseObjectCreationExpressionSyntax creation => OfCreation(file, creation),
                _ => null,
            };
            if (found is not null)
            {
                file.Log.Targets.Add(found);
            }
        }
    }

    private static TargetFinding? OfCall(CSharpFile file, InvocationExpressionSyntax call)
    {
        var method = CSharpFile.NameOf(call);
        return method switch
        {
            // AddAIAgent(name, instructions, …), and CreateAIAgent/AsAIAgent(instructions, name, …) of a chat client.
            "AddAIAgent" => Of(
                file, call, method, Made,
                file.TextOf(CSharpFile.Argument(call.ArgumentList, "name", 0)),
                file.TextOf(CSharpFile.Argument(call.ArgumentList, "instructions", 1))),
            "CreateAIAgent" or "AsAIAgent" => Of(
                file, call, method, Made,
                file.TextOf(CSharpFile.Argument(call.ArgumentList, "name", 1)),
                file.TextOf(CSharpFile.Argument(call.ArgumentList, "instructions", 0))),
            "UseAtlas" when call.ArgumentList.Arguments.Count > 0 || call.Expression is MemberAccessExpressionSyntax =>
                Of(file, call, method, Recorded, null, null),
            _ => null,
        };
    }

    private static TargetFinding? OfCreation(CSharpFile file, BaseObjectCreationExpressionSyntax creation)
    {
        if (creation is ImplicitObjectCreationExpressionSyntax && creation.Parent is ArgumentSyntax)
        {
            return null;
        }

        var type = creation is ObjectCreationExpressionSyntax named ? CSharpFile.NameOf(named.Type) : file.MadeBy(creation);
        if (type is not ("ChatClientAgent" or "ChatCompletionAgent" or "OpenAIAssistantAgent"))
        {
            return null;
        }

        // The values are in the arguments, in an options object among them, or in an initializer.
        var options = creation.ArgumentList?.Arguments.Select(argument => argument.Expression).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault();
        return Of(
            file, creation, type, Made,
            file.TextOf(CSharpFile.Argument(creation.ArgumentList, "name", 2) ?? CSharpFile.Property(options, "Name") ?? CSharpFile.Property(creation, "Name")),
            file.TextOf(CSharpFile.Argument(creation.ArgumentList, "instructions", options is null ? 1 : -1)
                ?? CSharpFile.Property(options, "Instructions")
                ?? CSharpFile.Property(creation, "Instructions")));
    }

    private static TargetFinding Of(
        CSharpFile file, ExpressionSyntax made, string by, int points, string? name, string? instructions)
    {
        var type = made.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault();
        var method = made.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault();
        var tools = made.DescendantNodes().OfType<IdentifierNameSyntax>().Any(word => word.Identifier.ValueText is "tools" or "Tools" or "AIFunctionFactory");
        return new TargetFinding
        {
            Role = "agent",
            Name = name ?? type?.Identifier.ValueText ?? Path.GetFileName(Path.GetDirectoryName(file.Source.FullPath)) ?? "agent",
            Module = type is null ? Path.GetFileNameWithoutExtension(file.Source.Path) : file.NamespaceOf(type),
            QualifiedName = (type, method) switch
            {
                ({ } inType, { } inMethod) => $"{inType.Identifier.ValueText}.{inMethod.Identifier.ValueText}",
                ({ } inType, null) => inType.Identifier.ValueText,
                _ => "Program",
            },
            At = file.At(made),
            Score = points + (instructions is null ? 0 : HasPrompt) + (tools ? HasTools : 0) + (file.Source.IsTest ? InTest : 0),
            Reason = $"made by {by}",
            Signals = [$"call:{by}", .. instructions is null ? [] : (string[])["prompt"], .. tools ? (string[])["tools"] : []],
            IsFactory = true,
            Instructions = instructions,
        };
    }
}
