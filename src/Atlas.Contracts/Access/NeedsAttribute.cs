namespace Atlas.Contracts.Access;

/// <summary>Says what the caller of a grain's method must be allowed to. A method without it is for silos alone.</summary>
/// <param name="permission">One of the permissions.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(AtlasPermissions permission) : Attribute
{
    /// <summary>The permission.</summary>
    public AtlasPermissions Permission { get; } = permission;
}
