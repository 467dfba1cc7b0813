using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>The status of a session.</summary>
[GenerateSerializer, Alias("atlas.session-status")]
[JsonConverter(typeof(WireNameConverter<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>It has started and not ended.</summary>
    Running = 0,

    /// <summary>It ended with an answer.</summary>
    Succeeded = 1,

    /// <summary>It ended without an answer, or was closed because its lease ran out.</summary>
    Failed = 2,
}
