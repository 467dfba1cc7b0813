using System.Globalization;
using System.Text;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Output;

/// <summary>Generates a configuration to start a project with, and notes where each part of it comes from.</summary>
internal static class GeneratedConfiguration
{
    private const int MostTools = 50;
    private const string NoPrompt = "You are a careful agent. Do the task you are given and say what you did.";

    public static string Write(DiscoveryRequest request, ProjectFindings findings, AgentChoice choice)
    {
        var yaml = new StringBuilder();
        Yaml.Comment(yaml, "", $"Written by `atlas env init` at {request.Now.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} from the sources of {Path.GetFileName(findings.Root)}.");
        Yaml.Comment(yaml, "", "It is a starting point: read it, correct what is wrong, and check it with `atlas config check FILE --profile agent`.");
        Yaml.Comment(yaml, "", "API keys are never written here; `api_key_env` names the environment variable that contains one.");
        yaml.Append('\n');
        Agent(yaml, findings, choice);
        Models(yaml, choice);
        Learning(yaml, findings, choice);
        yaml.Append("""

            # Sessions teach once somebody has approved them: `atlas review sessions`, `atlas review next`.
            runtime_safety:
              review:
                require_approval: true

            # Without this block the workspace's own PostgreSQL is used.
            # storage:
            #   database_url: postgresql://user:password@host:5432/atlas

            """.ReplaceLineEndings("\n"));
        return yaml.ToString();
    }

    private static void Agent(StringBuilder yaml, ProjectFindings findings, AgentChoice choice)
    {
        Yaml.Comment(yaml, "", choice.Agent is { } agent
            ? $"The agent: {agent.QualifiedName} in {agent.At} ({agent.Reason})."
            : "No agent was found in the sources; this one is only a model with a prompt.");
        yaml.Append("agent:\n");
        yaml.Append(choice.IsHttp ? "  type: http_api\n" : "  type: litellm\n");
        yaml.Append("  name: ").Append(Yaml.Text(choice.Name)).Append("  # part of the learning key: a different name starts learning from scratch\n");
        if (choice.SystemPrompt is null)
        {
            Yaml.Comment(yaml, "  ", "No prompt was found in the sources.");
        }

        Yaml.Block(yaml, "  ", "system_prompt", string.IsNullOrWhiteSpace(choice.SystemPrompt) ? NoPrompt : choice.SystemPrompt);
        if (choice.IsHttp)
        {
            Transport(yaml, "  ", choice.Endpoint!);
        }
        else
        {
            Model(yaml, "  ", "llm", choice);
            if (choice.Endpoint is { } endpoint)
            {
                Yaml.Comment(yaml, "  ", $"{endpoint.At} serves this agent over HTTP. To learn from the service itself, use these lines instead of");
                Yaml.Comment(yaml, "  ", "`type: litellm` and `llm`, and start it first:");
                var other = new StringBuilder("type: http_api\n");
                Transport(other, "", endpoint);
                Yaml.Comment(yaml, "  ", other.ToString().TrimEnd('\n'));
            }
        }

        if (!findings.Tools.IsEmpty)
        {
            Yaml.Comment(yaml, "  ", "Tools in the sources that the project's own code calls:");
            foreach (var tool in findings.Tools.Take(MostTools))
            {
                Yaml.Comment(yaml, "  ", $"  {tool.Name} ({tool.At}){(tool.Description is null ? "" : ": " + tool.Description)}");
            }
        }

        foreach (var server in findings.McpServers)
        {
            Yaml.Comment(yaml, "  ", $"MCP server {server.Name} ({server.Transport}, {server.At})");
        }
    }

    private static void Transport(StringBuilder yaml, string indent, EndpointFinding endpoint)
    {
        yaml.Append(indent).Append("transport:\n");
        yaml.Append(indent).Append("  base_url: ").Append(Yaml.Text(endpoint.Address!)).Append('\n');
        if (endpoint.ResultPath is { } result)
        {
            yaml.Append(indent).Append("result_path: [").Append(Yaml.Text(result)).Append("]\n");
        }
    }

    private static void Models(StringBuilder yaml, AgentChoice choice)
    {
        yaml.Append('\n');
        Yaml.Comment(yaml, "", "The teacher reviews and guides, the judges (rim) give the reward. Use a stronger model than the agent's here.");
        yaml.Append("teacher:\n");
        Model(yaml, "  ", "llm", choice);
        yaml.Append("\nrim:\n");
        Model(yaml, "  ", "small_model", choice);
        Model(yaml, "  ", "large_model", choice);
    }

    private static void Learning(StringBuilder yaml, ProjectFindings findings, AgentChoice choice)
    {
        yaml.Append("\nlearning:\n");
        if (choice.Source is null)
        {
            Yaml.Comment(yaml, "  ", "Without `llm`, the offline synthesizer makes the playbook by counting, without a model.");
        }
        else
        {
            Model(yaml, "  ", "llm", choice);
        }

        Yaml.Comment(yaml, "  ", "false makes new playbook versions wait for `atlas playbook promote`.");
        yaml.Append("  apply_to_prompts: true\n");
        if (!findings.Tools.IsEmpty)
        {
            yaml.Append("  schema:\n");
            Yaml.Comment(yaml, "    ", "Playbook entries can name only these tools.");
            yaml.Append("    allowed_runtime_handles:\n");
            foreach (var tool in findings.Tools.Take(MostTools))
            {
                yaml.Append("      - ").Append(Yaml.Text(tool.Name)).Append('\n');
            }
        }
    }

    private static void Model(StringBuilder yaml, string indent, string key, AgentChoice choice)
    {
        yaml.Append(indent).Append(key).Append(":\n");
        if (choice.Source is null)
        {
            Yaml.Comment(yaml, indent + "  ", "No model was found in the sources. `offline` returns canned answers and needs no key.");
        }

        yaml.Append(indent).Append("  provider: ").Append(Yaml.Text(choice.Provider)).Append('\n');
        yaml.Append(indent).Append("  model: ").Append(Yaml.Text(choice.Model)).Append('\n');
        if (choice.Source is not null)
        {
            yaml.Append(indent).Append("  api_key_env: ").Append(Yaml.Text(choice.ApiKeyVariable)).Append('\n');
        }

        if (choice.Address is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https"))
        {
            yaml.Append(indent).Append("  api_base: ").Append(Yaml.Text(address)).Append('\n');
        }
        else if (choice.Provider == "azure-openai")
        {
            Yaml.Comment(yaml, indent + "  ", "api_base: https://<resource>.openai.azure.com");
        }
    }
}
