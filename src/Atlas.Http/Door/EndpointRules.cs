using Atlas.Http.Access;
using Atlas.Http.Problems;

namespace Atlas.Http.Door;

/// <summary>What an endpoint demands of its callers.</summary>
/// <param name="Scope">What their API key must allow.</param>
/// <param name="Writes">Whether it changes anything, so that <c>Idempotency-Key</c> and the audit apply.</param>
public sealed record EndpointRules(Scopes Scope, bool Writes)
{
    /// <summary>The door, for the audit.</summary>
    public string Door { get; init; } = "http";

    /// <summary>The operation, for the audit; null for the endpoint's name.</summary>
    public string? Action { get; init; }

    /// <summary>Tells who sends a request; null for the API key in it.</summary>
    public Func<HttpContext, ValueTask<Caller>>? Admit { get; init; }

    /// <summary>Answers with a refusal; null for a problem document.</summary>
    public Func<HttpContext, Refusal, Task>? Tell { get; init; }
}

/// <summary>What a request is refused with.</summary>
/// <param name="Problem">The kind.</param>
/// <param name="Detail">The sentence for people.</param>
/// <param name="RetryAfterSeconds">When to send it again; null for what does not pass by waiting.</param>
public sealed record Refusal(Problem Problem, string Detail, int? RetryAfterSeconds);

/// <summary>The door of the API, for endpoints that others bring.</summary>
public static class ApiDoor
{
    /// <summary>The handler behind the door: who may call, who speaks to the grains, what is written down, and what becomes of a failure.</summary>
    /// <param name="services">The application's services, with <c>AddAtlasHttp</c>.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="rules">What it demands.</param>
    public static RequestDelegate Guard(IServiceProvider services, RequestDelegate handler, EndpointRules rules) => FrontDoor.Guard(services, handler, rules);
}
