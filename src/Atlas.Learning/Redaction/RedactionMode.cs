using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Redaction;

/// <summary>What is removed from sessions before they are stored. What synthesizers and judges are shown is always redacted.</summary>
[JsonConverter(typeof(WireNameConverter<RedactionMode>))]
public enum RedactionMode
{
    /// <summary>Nothing: records are stored unchanged and are not searched.</summary>
    Off = 0,

    /// <summary>Nothing, but what <see cref="All"/> would remove is counted and listed with the session.</summary>
    Digest = 1,

    /// <summary>Everything that is found, in all records.</summary>
    All = 2,
}
