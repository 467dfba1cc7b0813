using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Atlas.OrderDesk.Script;
using Atlas.OrderDesk.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Atlas.OrderDesk.Serving;

/// <summary>Serves the desk on loopback: scripted models at <c>/v1</c>, and the five tools as an MCP server at <c>/mcp</c>. Both work on
/// the same orders.</summary>
public sealed class DeskServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeskServer(WebApplication app, DeskWorld world)
    {
        _app = app;
        World = world;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Gets the address of the server.</summary>
    public Uri Address { get; }

    /// <summary>Gets the orders.</summary>
    public DeskWorld World { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<DeskServer> StartAsync(DeskOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var world = new DeskWorld();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, DeskLifetime>();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"));
        builder.Services.AddMcpServer()
            .WithHttpTransport()
            .WithTools(new DeskTools(world).Functions.Select(function => McpServerTool.Create(function)));
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", new ChatCompletions(new DeskModels(world, options), options).AnswerAsync);
        app.MapMcp("/mcp");
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return new DeskServer(app, world);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
