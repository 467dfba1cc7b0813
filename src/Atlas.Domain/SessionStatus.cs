using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>How a session stands.</summary>
[GenerateSerializer, Alias("atlas.session-status")]
[JsonConverter(typeof(WireNameConverter<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>It has begun and not ended.</summary>
    Running = 0,

    /// <summary>It ended with an answer.</summary>
    Succeeded = 1,

    /// <summary>It ended without one, or was closed because nothing was heard of it.</summary>
    Failed = 2,
}
