namespace Atlas.Contracts.Access;

/// <summary>What a caller of the cluster may do.</summary>
[Flags]
public enum AtlasPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read playbooks, and where sessions and keys stand.</summary>
    Read = 1,

    /// <summary>Start sessions and record what happens in them.</summary>
    Record = 2,

    /// <summary>Decide which sessions may teach.</summary>
    Review = 4,

    /// <summary>Change playbooks.</summary>
    Govern = 8,

    /// <summary>Everything that somebody outside of the silos may do.</summary>
    Admin = 16,

    /// <summary>Name somebody else as the author of a change or a review.</summary>
    SpeakForOthers = 32,

    /// <summary>What silos ask of each other.</summary>
    Internal = 64,
}
