using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>The status of a session's judging.</summary>
[GenerateSerializer, Alias("atlas.judging-status")]
[JsonConverter(typeof(WireNameConverter<JudgingStatus>))]
public enum JudgingStatus
{
    /// <summary>There is nothing to judge: the session is running, failed or brought its own reward, or there is no judge.</summary>
    Off = 0,

    /// <summary>A judge has not answered yet.</summary>
    Pending = 1,

    /// <summary>The reward comes from a judge.</summary>
    Judged = 2,

    /// <summary>Judging was given up; there is no reward.</summary>
    Failed = 3,
}
