using Atlas.Contracts.Access;

namespace Atlas.Identity;

/// <summary>The caller of a grain.</summary>
/// <param name="Name">The name in the credential, or of the API key.</param>
/// <param name="Role">The role in the credential.</param>
/// <param name="May">The caller's permissions.</param>
public sealed record AtlasCaller(string Name, string Role, AtlasPermissions May)
{
    /// <summary>Whether the caller has a permission.</summary>
    public bool Has(AtlasPermissions permission) => (May & permission) != 0;
}
