using Scalar.AspNetCore;

namespace Atlas.Http.Documents;

/// <summary><c>/openapi/v1.json</c> and the page that shows it.</summary>
internal static class DocumentEndpoints
{
    public static void Map(IEndpointRouteBuilder application, IEndpointRouteBuilder api)
    {
        var document = new ApiDocument(application.ServiceProvider, [.. api.DataSources]);
        application.MapGet("/openapi/v1.json", async context =>
        {
            var json = await document.JsonAsync(context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        }).ExcludeFromDescription();
        application.MapScalarApiReference("/scalar", options => options
            .WithTitle("Atlas.Grains API").WithOpenApiRoutePattern("/openapi/v1.json").DisableAgent().DisableTelemetry()).ExcludeFromDescription();
    }
}
