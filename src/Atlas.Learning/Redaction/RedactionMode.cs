using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Redaction;

/// <summary>What is taken out of sessions before they are stored. What synthesizers and judges are shown is redacted in any case.</summary>
[JsonConverter(typeof(WireNameConverter<RedactionMode>))]
public enum RedactionMode
{
    /// <summary>Nothing: records stay as they came, and nobody looks for what is in them.</summary>
    Off = 0,

    /// <summary>Nothing, but what was found is counted and named with the session: what <see cref="All"/> would take out.</summary>
    Digest = 1,

    /// <summary>Everything that is found, in all records.</summary>
    All = 2,
}
