using Atlas.Configuration.Agents;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Atlas.Runtime.Agents.ToolServers;

/// <summary>How to reach an MCP server.</summary>
internal static class ToolServerTransport
{
    /// <param name="server">The server.</param>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="onError">Gets each line that a program writes to its standard error.</param>
    /// <param name="logging">Creates the loggers.</param>
    public static IClientTransport Of(ToolServerOptions server, Func<string, string?> readVariable, Action<string> onError, ILoggerFactory logging) =>
        server.Command is { } command
            ? new StdioClientTransport(Program(server, command, readVariable, onError), logging)
            : new HttpClientTransport(Address(server, readVariable), logging);

    private static StdioClientTransportOptions Program(
        ToolServerOptions server, string command, Func<string, string?> readVariable, Action<string> onError)
    {
        // The program gets what it needs to run and what it is given, but no key of this process by accident.
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        foreach (var name in server.PassEnvironment)
        {
            environment[name] = Required(server, name, readVariable);
        }

        foreach (var (name, value) in server.Environment)
        {
            environment[name] = value;
        }

        return new StdioClientTransportOptions
        {
            Name = server.Name,
            Command = command,
            Arguments = [.. server.Arguments],
            WorkingDirectory = server.WorkingDirectory,
            InheritEnvironmentVariables = false,
            EnvironmentVariables = environment,
            StandardErrorLines = onError,
        };
    }

    private static HttpClientTransportOptions Address(ToolServerOptions server, Func<string, string?> readVariable)
    {
        var headers = new Dictionary<string, string>(server.Headers, StringComparer.OrdinalIgnoreCase);
        if (server.TokenEnv is { } variable)
        {
            headers["Authorization"] = $"Bearer {Required(server, variable, readVariable)}";
        }

        return new HttpClientTransportOptions
        {
            Name = server.Name,
            Endpoint = new Uri(server.Url!),
            AdditionalHeaders = headers,

            // Nothing arrives between calls, so no connection needs to stay open.
            EnableStandaloneGetStream = false,
        };
    }

    private static string Required(ToolServerOptions server, string variable, Func<string, string?> readVariable) =>
        readVariable(variable) is { Length: > 0 } value
            ? value
            : throw new AgentException($"The MCP server '{server.Name}' needs the environment variable {variable}, which is not set.");
}
