using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Access;

namespace Atlas.Http.Door;

/// <summary>The identity of a write, derived from the caller and its <c>Idempotency-Key</c>: a repeated request is the same
/// operation.</summary>
/// <param name="Id">64 lowercase hex digits.</param>
public sealed record Operation(string Id)
{
    /// <summary>Returns the operation that a caller identifies by a text.</summary>
    /// <param name="caller">The sender: texts of different callers are unrelated.</param>
    /// <param name="text">The text.</param>
    public static Operation For(Caller caller, string text)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.Name}\n{text}"))));
    }

    /// <summary>Gets the external id of a session that this operation starts if the caller gives none.</summary>
    public string ExternalId => $"idempotent:{Id}";

    /// <summary>Gets or sets the stored learning key that the answer is about; null if it is the one in the address, or not known.</summary>
    public string? LearningKey { get; set; }

    public static Operation? Of(HttpContext context) => context.Features.Get<Operation>();
}
