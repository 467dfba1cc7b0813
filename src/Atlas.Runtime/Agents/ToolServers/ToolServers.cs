using System.Collections.Immutable;
using Atlas.Configuration.Agents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Runtime.Agents.ToolServers;

/// <summary>Connections to MCP servers, and the tools that they offer. Disposing of it ends the programs that it started.</summary>
public sealed class ToolServers : IAsyncDisposable
{
    private readonly List<ToolServer> _servers = [];

    private ToolServers()
    {
    }

    /// <summary>Gets all tools, in the order of the servers.</summary>
    public ImmutableArray<AIFunction> Tools => [.. _servers.SelectMany(server => server.Tools)];

    /// <summary>Connects to servers and starts those that are programs.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="readVariable">Reads an environment variable; null to read those of the process.</param>
    /// <param name="logging">Creates the log; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="AgentException">A server cannot be started or reached, lacks a named tool, or has a tool that another server has.</exception>
    public static async Task<ToolServers> ConnectAsync(
        IEnumerable<ToolServerOptions> servers,
        Func<string, string?>? readVariable = null,
        ILoggerFactory? logging = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var connected = new ToolServers();
        try
        {
            foreach (var server in servers)
            {
                connected._servers.Add(await ToolServer.ConnectAsync(
                    server,
                    readVariable ?? Environment.GetEnvironmentVariable,
                    logging ?? NullLoggerFactory.Instance,
                    time ?? TimeProvider.System,
                    cancellationToken).ConfigureAwait(false));
            }

            connected.DemandDistinctNames();
            return connected;
        }
        catch
        {
            await connected.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void DemandDistinctNames()
    {
        var shared = _servers
            .SelectMany(server => server.Tools.Select(tool => (tool.Name, Server: server.Name)))
            .GroupBy(tool => tool.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        if (shared is not null)
        {
            throw new AgentException(
                $"The MCP servers {string.Join(" and ", shared.Select(tool => $"'{tool.Server}'"))} both have a tool '{shared.Key}'; "
                + "list in agent.mcp_servers[].tools which tools of each server to use, so that names are unique.");
        }
    }
}
