namespace Atlas.Contracts.Access;

/// <summary>The permissions of a caller of the cluster.</summary>
[Flags]
public enum AtlasPermissions
{
    /// <summary>No permission.</summary>
    None = 0,

    /// <summary>Read playbooks and the state of sessions and keys.</summary>
    Read = 1,

    /// <summary>Start sessions and record what happens in them.</summary>
    Record = 2,

    /// <summary>Decide which sessions teach.</summary>
    Review = 4,

    /// <summary>Change playbooks.</summary>
    Govern = 8,

    /// <summary>Everything that a caller outside the silos can do.</summary>
    Admin = 16,

    /// <summary>Name another author for a change or a review.</summary>
    SpeakForOthers = 32,

    /// <summary>Calls between silos.</summary>
    Internal = 64,
}
