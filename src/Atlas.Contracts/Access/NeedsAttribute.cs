namespace Atlas.Contracts.Access;

/// <summary>Declares the permission that a caller of a grain method needs. A method without it can only be called by silos.</summary>
/// <param name="permission">One of the permissions.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(AtlasPermissions permission) : Attribute
{
    /// <summary>Gets the permission.</summary>
    public AtlasPermissions Permission { get; } = permission;
}
