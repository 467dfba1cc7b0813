using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Atlas.Http.Documents;

/// <summary>Describes the API as a whole in the document.</summary>
internal static class DocumentDetails
{
    private const string Bearer = "api_key";
    private const string Header = "api_key_header";

    public static Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Atlas.Grains",
            Version = "v1",
            Description = "Agents that learn at run time. Start a session and put its playbook into the prompt, record what happens, and end the "
                + "session with a reward. Later sessions get what was learned. Errors are problem details (RFC 9457) with a stable `type`.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        foreach (var schema in document.Components.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
        {
            AllowAnything(schema);
        }

        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key from `atlas key create`, as a bearer token." },
            [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-api-key", Description = "The same API key in the `x-api-key` header." },
        };

        // On loopback, no key is needed as long as none was created.
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Header, document)] = [] },
            [],
        ];
        return Task.CompletedTask;
    }

    // "Nothing, or anything" is anything: as two alternatives a null would fit both, and so neither.
    private static void AllowAnything(OpenApiSchema schema)
    {
        foreach (var (name, property) in schema.Properties?.ToArray() ?? [])
        {
            if (property is OpenApiSchema { OneOf: { } either } && either.OfType<OpenApiSchemaReference>().Any(one => one.Reference.Id == nameof(JsonElement)))
            {
                schema.Properties![name] = new OpenApiSchema { Description = property.Description };
            }
        }
    }
}
