using System.Collections.Immutable;
using Atlas.Configuration.Agents;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.Digest;
using Atlas.Runtime.Agents.Http;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Configured;

/// <summary>Creates the agent that a configuration describes.</summary>
internal static class AgentAssembly
{
    /// <param name="options">The block <c>agent</c>.</param>
    /// <param name="executable">Tools that can be called here: those of MCP servers and of the application.</param>
    /// <param name="models">Creates clients of models.</param>
    /// <param name="http">The client for requests to HTTP agents.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AgentException">Nothing executes a declared tool of a model, or its response format is not valid.</exception>
    public static IAgent Create(
        AgentOptions options, ImmutableArray<AIFunction> executable, ChatClientFactory models, HttpClient http, TimeProvider time) => options switch
    {
        ChatAgentOptions chat => new ChatClientAgent(
            models.Create(chat.Llm),
            chat.Name,
            chat.SystemPrompt,
            ToolsOf(chat, executable),
            ResponseFormats.Of(chat.ResponseFormat),
            metadata => MetadataDigest.Of(metadata, chat.MetadataDigest, chat.Llm.Provider)),
        HttpAgentOptions web => new HttpAgent(http, web, ToolsOf(web, executable), time),
        _ => throw new AgentException($"The agent type {options.GetType().Name} is not supported here."),
    };

    // A declared tool that can be called here keeps its own description and schema.
    private static IEnumerable<AITool> ToolsOf(AgentOptions options, ImmutableArray<AIFunction> executable)
    {
        var declared = options.Tools.Where(tool => executable.All(function => function.Name != tool.Name)).ToArray();
        if (options is ChatAgentOptions && declared.Length > 0)
        {
            throw new AgentException(
                $"The tool '{declared[0].Name}' of agent.tools is declared but has no implementation. Serve it with an MCP server "
                + "listed in agent.mcp_servers, or give it to the runtime as an AIFunction.");
        }

        return [.. executable, .. declared.Select(DeclaredTool.Of)];
    }
}
