using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Atlas.Http.Documents;

/// <summary>The OpenAPI document of the API's own endpoints.</summary>
/// <remarks>Generated in a separate container, so that it does not depend on how the application configures its JSON and describes its own
/// endpoints.</remarks>
internal sealed class ApiDocument(IServiceProvider application, IReadOnlyList<EndpointDataSource> endpoints)
{
    private readonly Lazy<Task<byte[]>> _json = new(() => MakeAsync(application, endpoints));

    public Task<byte[]> JsonAsync(CancellationToken cancellation) => _json.Value.WaitAsync(cancellation);

    private static async Task<byte[]> MakeAsync(IServiceProvider application, IReadOnlyList<EndpointDataSource> endpoints)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRouting();
        services.AddSingleton(application.GetRequiredService<IHostEnvironment>());
        services.AddSingleton<EndpointDataSource>(new CompositeEndpointDataSource(endpoints));
        services.ConfigureHttpJsonOptions(json => Copy(json.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(SchemaNames.TransformAsync);
            options.AddOperationTransformer(OperationDetails.TransformAsync);
            options.AddDocumentTransformer(DocumentDetails.TransformAsync);
        });
        var provider = services.BuildServiceProvider();
        await using var providerDisposal = provider.ConfigureAwait(false);
        var document = await provider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync().ConfigureAwait(false);
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1).ConfigureAwait(false);
        return text.ToArray();
    }

    private static void Copy(JsonSerializerOptions to)
    {
        var from = ApiJson.Options;
        to.PropertyNamingPolicy = from.PropertyNamingPolicy;
        to.Encoder = from.Encoder;
        to.UnmappedMemberHandling = from.UnmappedMemberHandling;
        to.RespectNullableAnnotations = true;
        to.RespectRequiredConstructorParameters = true;
        to.NumberHandling = from.NumberHandling;
        foreach (var converter in from.Converters)
        {
            to.Converters.Add(converter);
        }
    }
}
