using System.Collections.Immutable;
using Atlas.Configuration.Agents;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.Digest;
using Atlas.Runtime.Agents.Http;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Configured;

/// <summary>Makes the agent that a configuration describes.</summary>
internal static class AgentAssembly
{
    /// <param name="options">The block <c>agent</c>.</param>
    /// <param name="executable">Tools that can be called here: those of MCP servers, and an application's own.</param>
    /// <param name="models">Makes clients of models.</param>
    /// <param name="http">Sends requests to HTTP agents.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AgentException">A declared tool of a model is executed by nobody, or its response format is none.</exception>
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
        _ => throw new AgentException($"Agents of the kind {options.GetType().Name} are not known here."),
    };

    // A tool that is declared and can be called here keeps what it is here: its own description and schema.
    private static IEnumerable<AITool> ToolsOf(AgentOptions options, ImmutableArray<AIFunction> executable)
    {
        var declared = options.Tools.Where(tool => executable.All(function => function.Name != tool.Name)).ToArray();
        if (options is ChatAgentOptions && declared.Length > 0)
        {
            throw new AgentException(
                $"The tool '{declared[0].Name}' of agent.tools is only declared, and a model cannot execute tools: serve it with an MCP server "
                + "named in agent.mcp_servers, or give it to the runtime as an AIFunction.");
        }

        return [.. executable, .. declared.Select(DeclaredTool.Of)];
    }
}
