using System.Globalization;
using System.Net;
using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Client.Http;

/// <summary>A refusal by the HTTP API.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Code">The last part of the problem's <c>type</c>; empty for an answer that is not from Atlas.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record ApiProblem(HttpStatusCode Status, string Code, string Detail)
{
    private const string Type = "urn:atlas:problem:";

    public static async Task<ApiProblem> OfAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            try
            {
                using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
                if (problem.RootElement.GetProperty("type").GetString() is { } type && type.StartsWith(Type, StringComparison.Ordinal))
                {
                    return new ApiProblem(response.StatusCode, type[Type.Length..], problem.RootElement.GetProperty("detail").GetString() ?? "");
                }
            }
            catch (Exception strange) when (strange is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Not an answer of Atlas.
            }
        }

        return new ApiProblem(response.StatusCode, "", "");
    }

    /// <summary>Returns the message for an answer that does not come from a silo.</summary>
    public static string NoApi(Uri address) => $"The server at {address} is not the HTTP API of Atlas. Check Atlas:Client:Address.";

    public Exception ToException(Uri address)
    {
        // A request that is still being carried out has an answer a little later.
        var passes = Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            || Code is "request-in-progress";
        return (passes, Code) switch
        {
            (true, "") => new AtlasUnavailableException($"A proxy in front of Atlas at {address} answered with HTTP {((int)Status).ToString(CultureInfo.InvariantCulture)}. Send the request again in a moment."),
            (true, _) => new AtlasUnavailableException(Detail),
            (_, "") => new AtlasRefusedException($"{NoApi(address)} It answered with HTTP {((int)Status).ToString(CultureInfo.InvariantCulture)}."),
            (_, "unauthorized") => new AtlasRefusedException($"{Detail} Set the client's key in Atlas:Client:ApiKey or ATLAS_API_KEY."),
            _ => new AtlasRefusedException(Detail),
        };
    }
}
