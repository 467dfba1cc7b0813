using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>How the judging of a session stands.</summary>
[GenerateSerializer, Alias("atlas.judging-status")]
[JsonConverter(typeof(WireNameConverter<JudgingStatus>))]
public enum JudgingStatus
{
    /// <summary>Nothing is to be judged: the session runs, failed or brought its reward, or there is no judge.</summary>
    Off = 0,

    /// <summary>A judge is still to answer.</summary>
    Pending = 1,

    /// <summary>The reward is the judge's.</summary>
    Judged = 2,

    /// <summary>It was given up; there is no reward.</summary>
    Failed = 3,
}
