using Atlas.Http.Problems;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Atlas.Http.Door;

/// <summary>Answers requests that match no endpoint, and says why: no such address, another method, or a body that is not JSON.</summary>
internal sealed class Elsewhere(IReadOnlyList<EndpointDataSource> api)
{
    public Task AnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var here = api.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => Fits(endpoint.RoutePattern, path)).ToArray();
        var methods = here.SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct().Order().ToArray();
        var isHere = methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase);
        if (methods.Length == 0 || (isHere && HttpMethods.IsGet(context.Request.Method)))
        {
            return Problem.NotFound.WriteAsync(context, $"There is no {context.Request.Method} {Parameters.Short(context.Request.Path)} here. /openapi/v1.json lists the addresses.");
        }

        if (isHere)
        {
            return Problem.UnsupportedMediaType.WriteAsync(context, "The body of this request must be JSON. Send it with 'Content-Type: application/json'.");
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Problem.MethodNotAllowed.WriteAsync(context, $"This address supports {string.Join(" and ", methods)}, not {context.Request.Method}.");
    }

    private static bool Fits(RoutePattern pattern, string[] path) =>
        pattern.PathSegments.Count == path.Length
        && pattern.PathSegments.Zip(path).All(pair => pair.First.Parts is not [RoutePatternLiteralPart literal]
            || literal.Content.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
}
