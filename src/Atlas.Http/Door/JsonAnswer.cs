using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Atlas.Http.Door;

/// <summary>An answer of 200 in the JSON format of Atlas, whatever options the host has set.</summary>
internal sealed class JsonAnswer<T>(T value) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";

        // Not cancelled with the request: what was carried out is kept and audited even if the caller has hung up.
        await response.Body.WriteAsync(json, CancellationToken.None).ConfigureAwait(false);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}
