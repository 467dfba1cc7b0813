using Atlas.Http.Audits;
using Atlas.Http.Budgets;
using Atlas.Http.Documents;
using Atlas.Http.Door;
using Atlas.Http.Experiments;
using Atlas.Http.Forgetting;
using Atlas.Http.Keys;
using Atlas.Http.Mcp;
using Atlas.Http.Proposals;
using Atlas.Http.Reviews;
using Atlas.Http.Sessions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP API of Atlas.</summary>
public static class AtlasHttpEndpoints
{
    /// <summary>Maps <c>/v1</c>, its description at <c>/openapi/v1.json</c>, a page to read and try it at <c>/scalar</c>, and MCP at
    /// <c>/mcp</c>.</summary>
    /// <param name="endpoints">An application with <c>AddAtlasHttp</c>.</param>
    /// <exception cref="InvalidOperationException">The application has no <c>AddAtlasHttp</c>.</exception>
    public static IEndpointRouteBuilder MapAtlasApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(FrontDoor)))
        {
            throw new InvalidOperationException("Call builder.Services.AddAtlasHttp() before builder.Build().");
        }

        var routes = new ApiRoutes(endpoints);
        var api = routes.MapGroup("/v1");
        SessionEndpoints.Map(api);
        KeyEndpoints.Map(api);
        KeyChangeEndpoints.Map(api);
        EntryMergeEndpoints.Map(api);
        ExperimentEndpoints.Map(api);
        ReviewEndpoints.Map(api);
        ProposalEndpoints.Map(api);
        AuditEndpoints.Map(api);
        BudgetEndpoints.Map(api);
        ForgetEndpoint.Map(api);

        // Wraps everything an endpoint does, including the binding of its parameters.
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } handler && endpoint.Metadata.OfType<EndpointRules>().LastOrDefault() is { } rules)
            {
                endpoint.RequestDelegate = FrontDoor.Guard(endpoints.ServiceProvider, handler, rules);
            }
        });
        foreach (var source in routes.DataSources)
        {
            endpoints.DataSources.Add(source);
        }

        DocumentEndpoints.Map(endpoints, routes);
        McpSetup.Map(endpoints);
        endpoints.Map("/v1/{**path}", new Elsewhere([.. routes.DataSources]).AnswerAsync).WithOrder(int.MaxValue).ExcludeFromDescription();
        return endpoints;
    }

    /// <summary>Collects the API's endpoints, so that they can be described separately from the application's own.</summary>
    private sealed class ApiRoutes(IEndpointRouteBuilder application) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => application.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => application.CreateApplicationBuilder();
    }
}
