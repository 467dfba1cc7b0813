using System.Text;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Output;

/// <summary>The agent, environment and model of the proposed configuration.</summary>
public sealed record AgentChoice
{
    /// <summary>Gets the agent with the highest score; null if there is none.</summary>
    public TargetFinding? Agent { get; init; }

    /// <summary>Gets the environment with the highest score; null if there is none.</summary>
    public TargetFinding? Environment { get; init; }

    /// <summary>Gets the agent's name as it is used in the learning key.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the agent's instructions; null if no prompt was found.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Gets the provider as the configuration names it; <c>offline</c> if no model was found.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the model; <c>offline</c> if none was found.</summary>
    public required string Model { get; init; }

    /// <summary>Gets a value indicating whether provider or model is a guess.</summary>
    public bool Inferred { get; init; }

    /// <summary>Gets where the model was found; null if none was found.</summary>
    public string? Source { get; init; }

    public required string ApiKeyVariable { get; init; }

    public string? Address { get; init; }

    /// <summary>Gets the route that calls the agent, if there is one with a known address.</summary>
    public EndpointFinding? Endpoint { get; init; }

    /// <summary>Gets a value indicating whether the agent has to be called over HTTP: there is a route, and no model is known.</summary>
    public bool IsHttp => Endpoint is not null && Source is null;

    internal static AgentChoice Of(ProjectFindings findings)
    {
        var agent = findings.Targets.FirstOrDefault(target => target.Role == "agent");
        var near = (SourceLocation at) => at.File == agent?.At.File ? 0 : Folder(at.File) == Folder(agent?.At.File) ? 1 : IsTest(at.File) ? 3 : 2;
        var client = findings.ChatClients.Where(one => one.Model is not null).OrderBy(one => near(one.At)).FirstOrDefault()
            ?? findings.ChatClients.OrderBy(one => near(one.At)).FirstOrDefault();
        var model = agent?.Model ?? client?.Model;
        var provider = client?.Provider ?? (model is null ? null : "openai");
        var isKnown = model is not null && provider is not null;
        return new AgentChoice
        {
            Agent = agent,
            Environment = findings.Targets.FirstOrDefault(target => target.Role == "environment"),
            Name = Plain(agent?.Name ?? Path.GetFileName(findings.Root)),
            SystemPrompt = agent?.Instructions ?? findings.Prompts.OrderBy(prompt => near(prompt.At)).FirstOrDefault()?.Text,
            Provider = isKnown ? provider! : "offline",
            Model = isKnown ? model! : "offline",
            Inferred = client?.Provider is null || client.Model is null,
            Source = isKnown ? client?.Source ?? agent!.QualifiedName : null,
            ApiKeyVariable = client?.ApiKeyVariable is { } variable && IsVariable(variable) ? variable : KeyVariableOf(provider),
            Address = isKnown ? client?.Address : null,
            Endpoint = findings.Endpoints.Where(endpoint => endpoint.Address is not null).OrderBy(endpoint => near(endpoint.At)).FirstOrDefault(),
        };
    }

    private static string KeyVariableOf(string? provider) => provider switch
    {
        "anthropic" => "ANTHROPIC_API_KEY",
        "azure-openai" => "AZURE_OPENAI_API_KEY",
        "gemini" => "GEMINI_API_KEY",
        "xai" => "XAI_API_KEY",
        "bedrock" => "AWS_BEARER_TOKEN_BEDROCK",
        _ => "OPENAI_API_KEY",
    };

    private static bool IsVariable(string name) =>
        name.Length <= 64 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    // Lowercase with hyphens: RefundAgent, refund_agent and "Refund agent" become the same name.
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            if (at > 0 && char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]))
            {
                plain.Append('-');
            }

            plain.Append(char.IsAsciiLetterOrDigit(name[at]) ? char.ToLowerInvariant(name[at]) : '-');
        }

        var parts = plain.ToString().Split('-', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "agent" : string.Join('-', parts);
    }

    private static string Folder(string? file) => file is null ? "" : Path.GetDirectoryName(file) ?? "";

    private static bool IsTest(string file) => file.Contains("test", StringComparison.OrdinalIgnoreCase);
}
