using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using Atlas.Configuration.Agents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Atlas.Runtime.Agents.ToolServers;

/// <summary>A connection to one MCP server.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);

    private readonly McpClient _client;

    private ToolServer(string name, McpClient client, ImmutableArray<AIFunction> tools)
    {
        Name = name;
        _client = client;
        Tools = tools;
    }

    public string Name { get; }

    public ImmutableArray<AIFunction> Tools { get; }

    public static async Task<ToolServer> ConnectAsync(
        ToolServerOptions options, Func<string, string?> readVariable, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(options.TimeoutSeconds);
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        McpClient? client = null;
        var errors = new ConcurrentQueue<string>();
        try
        {
            client = await McpClient.CreateAsync(
                ToolServerTransport.Of(options, readVariable, errors.Enqueue, logging),
                new McpClientOptions { InitializationTimeout = limit },
                logging,
                either.Token).ConfigureAwait(false);
            var offered = await client.ListToolsAsync(cancellationToken: either.Token).ConfigureAwait(false);
            return new ToolServer(options.Name, client, [.. Chosen(options, [.. offered]).Select(tool => new ServedTool(tool, options.Name, limit, time))]);
        }
        catch (Exception failure)
        {
            if (client is not null)
            {
                // Otherwise a program that was started would go on running.
                await client.DisposeAsync().ConfigureAwait(false);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw failure as AgentException ?? new AgentException(
                late.IsCancellationRequested || Chain(failure).Any(cause => cause is TimeoutException)
                    ? string.Create(CultureInfo.InvariantCulture, $"The MCP server {options} did not answer within {options.TimeoutSeconds} seconds.")
                    : $"The MCP server {options} cannot be used: {await ReasonAsync(options, Chain(failure).Last(), errors, time).ConfigureAwait(false)}",
                failure);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static IEnumerable<McpClientTool> Chosen(ToolServerOptions options, IReadOnlyList<McpClientTool> offered)
    {
        if (options.Tools.IsDefaultOrEmpty)
        {
            return offered;
        }

        var missing = options.Tools.Except(offered.Select(tool => tool.Name), StringComparer.Ordinal).ToArray();
        return missing.Length == 0
            ? offered.Where(tool => options.Tools.Contains(tool.Name, StringComparer.Ordinal))
            : throw new AgentException(
                $"The MCP server '{options.Name}' has no tool '{missing[0]}'; it has {string.Join(", ", offered.Select(tool => tool.Name))}.");
    }

    // A program that ends early breaks a pipe for reading or for writing, whichever is noticed first; its last words say why.
    private static async Task<string> ReasonAsync(ToolServerOptions options, Exception cause, ConcurrentQueue<string> errors, TimeProvider time)
    {
        if (options.Command is null || cause is not (IOException or SocketException or ObjectDisposedException))
        {
            return cause.Message;
        }

        // They can still be on their way when the pipe breaks.
        for (var began = time.GetTimestamp(); errors.IsEmpty && time.GetElapsedTime(began) < LastWords;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
        }

        return errors.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last
            ? $"the program ended before it answered. Its last line of error output: {last}"
            : "the program ended before it answered.";
    }

    // The package applies the same limit with its own timer, and either can fire first.
    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
