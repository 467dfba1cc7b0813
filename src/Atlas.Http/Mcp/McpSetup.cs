using System.Reflection;
using System.Text.Json;
using Atlas.Http.Access;
using Atlas.Http.Door;
using ModelContextProtocol.Protocol;

namespace Atlas.Http.Mcp;

/// <summary>Sets up the MCP server at <c>/mcp</c>.</summary>
/// <remarks>The server keeps no state between requests, so any silo can answer any of them. Clients that begin with <c>initialize</c> are
/// answered without a session, like those that do not.</remarks>
internal static class McpSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<McpCalls>();
        services.AddSingleton<McpReading>();
        services.AddMcpServer(server =>
            {
                server.ServerInfo = new Implementation
                {
                    Name = "atlas",
                    Title = "Atlas.Grains",
                    Version = typeof(McpSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                };
                server.ServerInstructions = "Atlas learns from what agents do. Before you begin a task, call start_session and follow the playbook that it returns. "
                    + "Record what happens with record_events. When you are done, call report_outcome.";
            })
            .WithHttpTransport(transport => transport.SessionMode = ModelContextProtocol.AspNetCore.HttpServerSessionMode.Stateless)
            .WithTools<PlaybookTools>(ToolJson)
            .WithTools<SessionTools>(ToolJson)
            .WithListResourcesHandler((request, _) => new(Reading(request.Services!).ResourcesAsync(request.Params?.Cursor)))
            .WithListResourceTemplatesHandler((_, _) => new(McpReading.Templates))
            .WithReadResourceHandler((request, _) => new(Reading(request.Services!).ReadAsync(request.Params!.Uri)))
            .WithListPromptsHandler((request, _) => new(Reading(request.Services!).PromptsAsync(request.Params?.Cursor)))
            .WithGetPromptHandler((request, _) => new(Reading(request.Services!).PromptAsync(
                request.Params!.Name, request.Params.Arguments is { } given && given.TryGetValue("task", out var task) ? task : null)));
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        ((IEndpointConventionBuilder)endpoints.MapMcp("/mcp")).Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } handler)
            {
                RequestDelegate limited = context =>
                {
                    RequestBytes.Limit(context);
                    return handler(context);
                };
                endpoint.RequestDelegate = FrontDoor.Guard(endpoints.ServiceProvider, limited, new EndpointRules(Scopes.Read, Writes: false) { Door = "mcp" });
            }
        });

    private static McpReading Reading(IServiceProvider services) => services.GetRequiredService<McpReading>();

    // Member names as everywhere else. Strict reading is for the API only, where a misspelled member would be lost.
    private static JsonSerializerOptions ToolJson { get; } = new(Domain.Json.AtlasJson.Options);
}
