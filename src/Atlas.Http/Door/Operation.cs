using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Access;

namespace Atlas.Http.Door;

/// <summary>The identity of a write, made of the caller and its <c>Idempotency-Key</c>: the same request again is the same operation.</summary>
/// <param name="Id">64 lower-case hex digits.</param>
public sealed record Operation(string Id)
{
    /// <summary>What a caller names by a text of its own.</summary>
    /// <param name="caller">Who sends it: texts of different callers have nothing to do with each other.</param>
    /// <param name="text">The text.</param>
    public static Operation For(Caller caller, string text)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.Name}\n{text}"))));
    }

    /// <summary>The external id of a session that this operation starts, where the caller has none of its own.</summary>
    public string ExternalId => $"idempotent:{Id}";

    public static Operation? Of(HttpContext context) => context.Features.Get<Operation>();
}
