using Atlas.Http.Access;

namespace Atlas.Http.Door;

/// <summary>What an endpoint demands of its callers.</summary>
/// <param name="Scope">What their API key must allow.</param>
/// <param name="Writes">Whether it changes anything, so that <c>Idempotency-Key</c> and the audit apply.</param>
internal sealed record EndpointRules(Scopes Scope, bool Writes)
{
    /// <summary>The door, for the audit.</summary>
    public string Door { get; init; } = "http";
}
