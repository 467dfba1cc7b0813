using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Whether a person has reviewed a session, and the result. Any status can change to any other.</summary>
[GenerateSerializer, Alias("atlas.review-status")]
[JsonConverter(typeof(WireNameConverter<ReviewStatus>))]
public enum ReviewStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Pending = 0,

    /// <summary>The session must not teach, and what it taught can be undone.</summary>
    Quarantined = 1,

    /// <summary>The session can teach and be exported.</summary>
    Approved = 2,
}
