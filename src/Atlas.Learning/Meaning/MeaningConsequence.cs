using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Meaning;

/// <summary>What happens to an entry that repeats a known one.</summary>
[JsonConverter(typeof(WireNameConverter<MeaningConsequence>))]
public enum MeaningConsequence
{
    /// <summary>Its sessions support the known entry; it is not added itself.</summary>
    Supports = 0,

    /// <summary>It is kept out, because trials or a person have condemned what it says.</summary>
    KeptOut = 1,

    /// <summary>It replaces the candidate with its id, and keeps the sessions that supported that one.</summary>
    Rewords = 2,
}
