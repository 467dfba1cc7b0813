using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Why a version of a playbook exists.</summary>
[GenerateSerializer, Alias("atlas.playbook-cause")]
[JsonConverter(typeof(WireNameConverter<PlaybookCause>))]
public enum PlaybookCause
{
    /// <summary>A synthesizer learned from sessions.</summary>
    Synthesis = 0,

    /// <summary>Entries were removed because of their measured impact.</summary>
    Prune = 1,

    /// <summary>An earlier version was made current again.</summary>
    Rollback = 2,

    /// <summary>It was imported from a file.</summary>
    Import = 3,

    /// <summary>It was exported, edited by a person and imported again.</summary>
    Edit = 4,

    /// <summary>Sessions were forgotten, together with the entries learned from them alone.</summary>
    Forgetting = 5,

    /// <summary>Two entries that say the same were merged, or a merge was undone.</summary>
    Merge = 6,
}
