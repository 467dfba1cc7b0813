using Atlas.OrderDesk.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Atlas.OrderDesk.Serving;

/// <summary>Serves the five tools as an MCP server on standard input and output, until the client disconnects.</summary>
public static class DeskStdio
{
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddMcpServer()
            .WithStdioServerTransport()
            .WithTools(new DeskTools(new DeskWorld()).Functions.Select(function => McpServerTool.Create(function)));
        await builder.Build().RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
