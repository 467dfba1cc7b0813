namespace Atlas.Http.Door;

/// <summary>The identity of a write, made of the caller and its <c>Idempotency-Key</c>: the same request again is the same operation.</summary>
/// <param name="Id">64 lower-case hex digits.</param>
internal sealed record Operation(string Id)
{
    /// <summary>The external id of a session that this operation starts, where the caller has none of its own.</summary>
    public string ExternalId => $"idempotent:{Id}";

    public static Operation? Of(HttpContext context) => context.Features.Get<Operation>();
}
