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
            : throw Problem.UnsupportedMediaType.With("The body of this request is JSON: send it with 'Content-Type: application/json'.");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));

    private static Body<T> Read(byte[] bytes, bool whole)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, ApiJson.Options) is { } value
                ? new Body<T>(value)
                : throw Problem.InvalidRequest.With("The body is null; a JSON object is needed.");
        }
        catch (JsonException wrong)
        {
            throw Problem.InvalidRequest.With(whole ? $"The body cannot be read: {Sentence(wrong)}" : "The request needs a body: a JSON object.");
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or NotSupportedException or ArgumentException or FormatException)
        {
            // Surrogates without their half and the like, which the reader meets late.
            throw Problem.InvalidRequest.With("The body cannot be read: it holds a value that is no valid JSON text.");
        }
    }

    // The serializer names types of ours in its sentences; the path and the wrong member are what helps.
    private static string Sentence(JsonException wrong)
    {
        var message = wrong.Message;
        var at = wrong.Path is { Length: > 1 } path ? $" at {Parameters.Short(path)}" : "";
        const string Unknown = "The JSON property '";
        if (message.StartsWith(Unknown, StringComparison.Ordinal) && message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var name = message[Unknown.Length..message.IndexOf('\'', Unknown.Length)];
            return $"there is no member '{Parameters.Short(name)}' here. Known are {string.Join(", ", Members(typeof(T)))}.";
        }

        if (message.Contains("missing required properties", StringComparison.Ordinal))
        {
            return $"required members are missing{at}: {message[(message.LastIndexOf(':') + 1)..].Trim().TrimEnd('.')}.";
        }

        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return $"the value{at} is of the wrong type.";
        }

        var place = message.IndexOf(" Path: $", StringComparison.Ordinal);
        var plain = place < 0 ? message : message[..place];
        return $"{(plain.Contains("Atlas.", StringComparison.Ordinal) || plain.Contains("System.", StringComparison.Ordinal) ? "a value does not fit" : plain.TrimEnd('.'))}{at}"
            + (wrong.LineNumber is { } line && at.Length == 0 ? FormattableString.Invariant($", line {line + 1}, byte {wrong.BytePositionInLine}.") : ".");
    }

    private static IEnumerable<string> Members(Type type) =>
        ApiJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name);
}
