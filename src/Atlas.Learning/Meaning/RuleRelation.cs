using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Meaning;

/// <summary>The relation of two rules.</summary>
[JsonConverter(typeof(WireNameConverter<RuleRelation>))]
public enum RuleRelation
{
    /// <summary>They say different things.</summary>
    Different = 0,

    /// <summary>They say the same, possibly in other words.</summary>
    Same = 1,

    /// <summary>One seems to ask for what the other forbids in the same case.</summary>
    Opposed = 2,
}
