using System.Reflection;
using System.Text.Json;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace Atlas.Http.Door;

/// <summary>The JSON body of a request.</summary>
internal sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider
    where T : notnull
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var bytes = await RequestBytes.ReadAsync(context).ConfigureAwait(false);
        if (bytes.Length == 0)
        {
            return Read("{}"u8.ToArray(), whole: false);
        }

        return context.Request.HasJsonContentType()
            ? Read(bytes, whole: true)
            : throw Problem.UnsupportedMediaType.With("The body of this request must be JSON. Send it with 'Content-Type: application/json'.");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));

    private static Body<T> Read(byte[] bytes, bool whole)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, ApiJson.Options) is { } value
                ? new Body<T>(value)
                : throw Problem.InvalidRequest.With("The body is null. Send a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw Problem.InvalidRequest.With(whole ? $"The body cannot be read: {JsonFaults.Sentence(wrong, typeof(T))}" : "The request needs a body: a JSON object.");
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or NotSupportedException or ArgumentException or FormatException)
        {
            // Lone surrogates and the like, which the reader notices late.
            throw Problem.InvalidRequest.With("The body cannot be read: it contains a value that is not valid JSON text.");
        }
    }
}
