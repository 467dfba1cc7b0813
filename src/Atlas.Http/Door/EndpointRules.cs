using Atlas.Http.Access;
using Atlas.Http.Problems;

namespace Atlas.Http.Door;

/// <summary>What an endpoint requires of its callers.</summary>
/// <param name="Scope">What their API key must allow.</param>
/// <param name="Writes">Whether it changes anything, so that <c>Idempotency-Key</c> and the audit apply.</param>
public sealed record EndpointRules(Scopes Scope, bool Writes)
{
    /// <summary>Gets the entry point that the audit records.</summary>
    public string Door { get; init; } = "http";

    /// <summary>Gets the operation that the audit records; null for the endpoint's name.</summary>
    public string? Action { get; init; }

    /// <summary>Gets the function that identifies the sender of a request; null for the API key in it.</summary>
    public Func<HttpContext, ValueTask<Caller>>? Admit { get; init; }

    /// <summary>Gets the function that answers with a refusal; null for a problem document.</summary>
    public Func<HttpContext, Refusal, Task>? Tell { get; init; }
}

/// <summary>The refusal of a request.</summary>
/// <param name="Problem">The kind of problem.</param>
/// <param name="Detail">The sentence for people.</param>
/// <param name="RetryAfterSeconds">The seconds after which to try again; null if waiting does not help.</param>
public sealed record Refusal(Problem Problem, string Detail, int? RetryAfterSeconds);

/// <summary>Puts the checks of the API in front of endpoints that others bring.</summary>
public static class ApiDoor
{
    /// <summary>Wraps a handler with the checks of the API: who can call it, on whose behalf grains are called, what is audited, and how
    /// failures are answered.</summary>
    /// <param name="services">The application's services, with <c>AddAtlasHttp</c>.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="rules">What it requires of callers.</param>
    public static RequestDelegate Guard(IServiceProvider services, RequestDelegate handler, EndpointRules rules) => FrontDoor.Guard(services, handler, rules);
}
