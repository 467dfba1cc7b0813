using System.Globalization;
using System.Net;
using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Client.Http;

/// <summary>A refusal of the HTTP API.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">The end of the problem's <c>type</c>; empty for an answer that is none of Atlas's.</param>
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
                // Not one of ours.
            }
        }

        return new ApiProblem(response.StatusCode, "", "");
    }

    /// <summary>What a client says of an answer that no silo gives.</summary>
    public static string NoApi(Uri address) => $"What answers at {address} is not the HTTP API of Atlas. Check Atlas:Client:Address.";

    public Exception ToException(Uri address)
    {
        // A request that is being carried out has an answer a little later.
        var passes = Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            || Code is "request-in-progress";
        return (passes, Code) switch
        {
            (true, "") => new AtlasUnavailableException($"What stands before Atlas at {address} says HTTP {((int)Status).ToString(CultureInfo.InvariantCulture)}. Send the request again in a moment."),
            (true, _) => new AtlasUnavailableException(Detail),
            (_, "") => new AtlasRefusedException($"{NoApi(address)} It says HTTP {((int)Status).ToString(CultureInfo.InvariantCulture)}."),
            (_, "unauthorized") => new AtlasRefusedException($"{Detail} A client takes its key from Atlas:Client:ApiKey or ATLAS_API_KEY."),
            _ => new AtlasRefusedException(Detail),
        };
    }
}
