using System.CommandLine;
using Atlas.Cli.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Atlas.Cli.Access;

/// <summary><c>atlas mcp</c>: the MCP server of a silo over standard input and output, for clients that start a program.</summary>
/// <remarks>Requests are passed on with the API key from the environment; tools, tenants and limits are those of the silo.</remarks>
internal sealed class McpCommand : AtlasCommand
{
    private const string UrlVariable = "ATLAS_URL";
    private const string KeyVariable = "ATLAS_API_KEY";

    private readonly Option<string?> _url = CommonOptions.Text(
        "--url", "URL", $"The address of a silo, or of a host of its API. Default: {UrlVariable}, else http://127.0.0.1:5080.", "an address such as http://127.0.0.1:5080");

    public McpCommand(CommandContext context)
        : base(context, "mcp", $"Serve the Model Context Protocol on standard input and output. {KeyVariable} is the API key, if one is needed.")
    {
        Add(_url);
        Examples = ["atlas mcp", "atlas mcp --url https://atlas.example.org"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetValue(_url) ?? Variable(UrlVariable) ?? "http://127.0.0.1:5080";
        if (!Uri.TryCreate(text.TrimEnd('/') + "/mcp", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException(ExitCode.Usage, $"'{text}' is not an address. Give one such as http://127.0.0.1:5080.");
        }

        await using var silo = await ConnectAsync(address, cancellation);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMcpServer(server =>
            {
                server.ServerInfo = silo.ServerInfo;
                server.ServerInstructions = silo.ServerInstructions;
            })
            .WithStdioServerTransport()
            .WithListToolsHandler((request, stop) => silo.ListToolsAsync(request.Params ?? new ListToolsRequestParams(), stop))
            .WithCallToolHandler((request, stop) => silo.CallToolAsync(request.Params!, stop))
            .WithListResourcesHandler((request, stop) => silo.ListResourcesAsync(request.Params ?? new ListResourcesRequestParams(), stop))
            .WithListResourceTemplatesHandler((request, stop) => silo.ListResourceTemplatesAsync(request.Params ?? new ListResourceTemplatesRequestParams(), stop))
            .WithReadResourceHandler((request, stop) => silo.ReadResourceAsync(request.Params!, stop))
            .WithListPromptsHandler((request, stop) => silo.ListPromptsAsync(request.Params ?? new ListPromptsRequestParams(), stop))
            .WithGetPromptHandler((request, stop) => silo.GetPromptAsync(request.Params!, stop));
        using var host = builder.Build();
        await host.RunAsync(cancellation);
        return ExitCode.Ok;
    }

    private static async Task<McpClient> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var options = new HttpClientTransportOptions { Endpoint = address, TransportMode = HttpTransportMode.StreamableHttp };
        if (Variable(KeyVariable) is { } key)
        {
            options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" };
        }

        try
        {
            return await McpClient.CreateAsync(new HttpClientTransport(options), cancellationToken: cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailedException(
                ExitCode.NotRunning,
                failure.StatusCode is System.Net.HttpStatusCode.Unauthorized
                    ? $"{address} requires an API key. Create one with `atlas key create NAME`, and set {KeyVariable} to it."
                    : $"{address} cannot be reached: {failure.Message} Start a silo with `atlas up --detach`.",
                failure);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
