using System.Text.Json.Serialization;

namespace Atlas.Learning.Meaning;

/// <summary>An entry of an answer that repeats a known one in other words, and what happened to it.</summary>
/// <param name="Entry">The id from the answer, or derived from its words.</param>
/// <param name="Words">Its words.</param>
/// <param name="Known">The id of the known entry.</param>
/// <param name="KnownSha">The first 16 hex digits of the SHA-256 of the known entry's words.</param>
/// <param name="Similarity">How similar they are, −1 to 1.</param>
/// <param name="Consequence">What happened to it.</param>
public sealed record MeaningFinding(string Entry, string Words, string Known, string KnownSha, double Similarity, MeaningConsequence Consequence)
{
    /// <summary>The model that found it; null if the letters were enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}
