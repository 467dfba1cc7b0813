using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Why a version of a playbook exists.</summary>
[GenerateSerializer, Alias("atlas.playbook-cause")]
[JsonConverter(typeof(WireNameConverter<PlaybookCause>))]
public enum PlaybookCause
{
    /// <summary>A synthesizer learned something from sessions.</summary>
    Synthesis = 0,

    /// <summary>Entries were removed for what their impact showed.</summary>
    Prune = 1,

    /// <summary>An earlier version was made current again.</summary>
    Rollback = 2,

    /// <summary>It came from a file.</summary>
    Import = 3,

    /// <summary>It was exported, changed by a person and taken back.</summary>
    Edit = 4,

    /// <summary>Sessions were forgotten, and entries that rested on them alone went with them.</summary>
    Forgetting = 5,
}
