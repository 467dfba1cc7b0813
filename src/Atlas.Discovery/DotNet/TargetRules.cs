using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds classes that are agents or environments: marked as such, derived from one, or shaped like one.</summary>
internal static class TargetRules
{
    private const int Marked = 120;
    private const int Derived = 100;
    private const int AgentShape = 60;
    private const int EnvironmentShape = 80;
    private const int PerMethod = 20;
    private const int AbstractMember = -70;
    private const int HasPrompt = 35;
    private const int HasTools = 20;
    private const int InTest = -200;

    private static readonly HashSet<string> AgentBases =
        ["AIAgent", "DelegatingAIAgent", "ChatClientAgent", "IAgent", "AgentBase", "ChatCompletionAgent", "ChatHistoryAgent"];

    private static readonly HashSet<string> AgentMethods = ["Act", "ActAsync", "Run", "RunAsync", "Ask", "AskAsync", "Answer", "AnswerAsync", "Invoke", "InvokeAsync"];

    public static void Read(CSharpFile file)
    {
        foreach (var type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(type => type is ClassDeclarationSyntax or RecordDeclarationSyntax))
        {
            if (Judge(file, type) is { } target)
            {
                file.Log.Targets.Add(target);
            }
        }
    }

    private static TargetFinding? Judge(CSharpFile file, TypeDeclarationSyntax type)
    {
        var attributes = type.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => CSharpFile.NameOf(attribute.Name)).ToHashSet();
        var methods = type.Members.OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText).ToHashSet();
        var signals = new List<string>();
        string role;
        int score;
        string reason;
        if (attributes.Overlaps(["AtlasAgent", "AtlasAgentAttribute"]))
        {
            (role, score, reason) = ("agent", Marked, "marked with [AtlasAgent]");
            signals.Add("attribute");
        }
        else if (attributes.Overlaps(["AtlasEnvironment", "AtlasEnvironmentAttribute"]))
        {
            (role, score, reason) = ("environment", Marked, "marked with [AtlasEnvironment]");
            signals.Add("attribute");
        }
        else if (BasesOf(file, type).FirstOrDefault(AgentBases.Contains) is { } agentBase)
        {
            (role, score, reason) = ("agent", Derived, $"derives from {agentBase}");
            signals.Add($"base:{agentBase}");
        }
        else if (methods.Overlaps(["Reset", "ResetAsync"]) && methods.Overlaps(["Step", "StepAsync"]))
        {
            (role, score, reason) = ("environment", EnvironmentShape + (2 * PerMethod), "has the methods Reset and Step");
            signals.AddRange(["method:Reset", "method:Step"]);
        }
        else if (UsesChatClient(file, type) && methods.Where(AgentMethods.Contains).ToArray() is { Length: > 0 } acting && !BasesOf(file, type).Contains("DelegatingChatClient"))
        {
            (role, score, reason) = ("agent", AgentShape + (PerMethod * acting.Length), $"takes a chat client and has {string.Join(", ", acting)}");
            signals.AddRange(["takes:IChatClient", .. acting.Select(method => $"method:{method}")]);
        }
        else
        {
            return null;
        }

        var instructions = InstructionsIn(file, type);
        (int Points, string Signal)[] adjustments =
        [
            (type.Modifiers.Any(word => word.ValueText == "abstract") ? AbstractMember : 0, "abstract"),
            (instructions is null ? 0 : HasPrompt, "prompt"),
            (type.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "AIFunctionFactory.Create") ? HasTools : 0, "tools"),
            (file.Source.IsTest ? InTest : 0, "test"),
        ];
        foreach (var (points, signal) in adjustments.Where(adjustment => adjustment.Points != 0))
        {
            score += points;
            signals.Add(signal);
        }

        return new TargetFinding
        {
            Role = role,
            Name = type.Identifier.ValueText,
            Module = file.NamespaceOf(type),
            QualifiedName = string.Join('.', type.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().Append(type).Select(outer => outer.Identifier.ValueText)),
            At = file.At(type),
            Score = score,
            Reason = reason,
            Signals = [.. signals],
            Instructions = instructions,
        };
    }

    // The base types that the compiler knows, and those in the source if a package is missing.
    private static IEnumerable<string> BasesOf(CSharpFile file, TypeDeclarationSyntax type)
    {
        foreach (var written in type.BaseList?.Types ?? default)
        {
            yield return CSharpFile.NameOf(written.Type);
        }

        if (type.BaseList is null || file.Meaning.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol)
        {
            yield break;
        }

        for (var known = symbol.BaseType; known is not null; known = known.BaseType)
        {
            yield return known.Name;
        }

        foreach (var implemented in symbol.AllInterfaces)
        {
            yield return implemented.Name;
        }
    }

    private static bool UsesChatClient(CSharpFile file, TypeDeclarationSyntax type) =>
        (type.ParameterList?.Parameters ?? default)
            .Concat(type.Members.OfType<ConstructorDeclarationSyntax>().SelectMany(constructor => constructor.ParameterList.Parameters))
            .Any(parameter => CSharpFile.NameOf(parameter.Type) is "IChatClient" or "AIAgent" or "ChatClient" or "Kernel")
        && file.Root is not null;

    private static string? InstructionsIn(CSharpFile file, TypeDeclarationSyntax type) => type.Members.OfType<FieldDeclarationSyntax>()
        .SelectMany(field => field.Declaration.Variables)
        .Where(variable => PromptRules.IsPromptName(variable.Identifier.ValueText))
        .Select(variable => file.TextOf(variable.Initializer?.Value))
        .FirstOrDefault(text => text is not null);
}
