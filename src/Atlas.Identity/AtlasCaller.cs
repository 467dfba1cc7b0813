using Atlas.Contracts.Access;

namespace Atlas.Identity;

/// <summary>Who calls a grain.</summary>
/// <param name="Name">The name in the credential, or of the API key.</param>
/// <param name="Role">The role in the credential.</param>
/// <param name="May">What the caller may do.</param>
public sealed record AtlasCaller(string Name, string Role, AtlasPermissions May)
{
    /// <summary>Whether this caller may do it.</summary>
    public bool Has(AtlasPermissions permission) => (May & permission) != 0;
}
