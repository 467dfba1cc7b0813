using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>What a session means to its learning key.</summary>
[GenerateSerializer, Alias("atlas.learning-standing")]
[JsonConverter(typeof(WireNameConverter<LearningStanding>))]
public enum LearningStanding
{
    /// <summary>It is not counted: learning is off, or the session has no key.</summary>
    Off = 0,

    /// <summary>It is counted once its judge has answered.</summary>
    Judging = 1,

    /// <summary>It is counted as soon as its key is reachable.</summary>
    Queued = 2,

    /// <summary>It is counted and does not teach.</summary>
    Observed = 3,

    /// <summary>It is counted and teaches.</summary>
    Applied = 4,
}
