using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Whether a person has looked at a session, and what they found. Every status may follow every other.</summary>
[GenerateSerializer, Alias("atlas.review-status")]
[JsonConverter(typeof(WireNameConverter<ReviewStatus>))]
public enum ReviewStatus
{
    /// <summary>Nobody has decided yet.</summary>
    Pending = 0,

    /// <summary>The session must not teach, and what it taught may be undone.</summary>
    Quarantined = 1,

    /// <summary>The session may teach and be exported.</summary>
    Approved = 2,
}
