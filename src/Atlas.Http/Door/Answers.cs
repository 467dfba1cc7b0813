using Atlas.Http.Access;

namespace Atlas.Http.Door;

/// <summary>Declares endpoints and their answers.</summary>
internal static class Answers
{
    private static readonly int[] Always = [400, 401, 403, 429, 503];

    /// <summary>Declares an endpoint that reads.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, string name, string summary, params int[] refusals) =>
        endpoint.Reads(Scopes.Read, name, summary, refusals);

    /// <summary>Declares an endpoint that reads what needs a particular scope.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, Scopes scope, string name, string summary, params int[] refusals) =>
        endpoint.Declare(new EndpointRules(scope, Writes: false), name, summary, refusals);

    /// <summary>Declares an endpoint that changes something.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, Scopes scope, string name, string summary, params int[] refusals) =>
        endpoint.Declare(new EndpointRules(scope, Writes: true), name, summary, [409, 413, 415, 422, .. refusals]);

    /// <summary>Returns an answer of 200.</summary>
    public static JsonAnswer<T> Json<T>(T value) => new(value);

    private static RouteHandlerBuilder Declare(this RouteHandlerBuilder endpoint, EndpointRules rules, string name, string summary, int[] refusals)
    {
        endpoint.WithName(name).WithSummary(summary).WithMetadata(rules);
        foreach (var status in Always.Concat(refusals).Distinct().Order())
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }
}
