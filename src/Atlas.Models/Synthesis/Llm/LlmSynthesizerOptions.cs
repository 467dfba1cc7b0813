using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>How much a language model sees of a learning key.</summary>
public sealed record LlmSynthesizerOptions
{
    /// <summary>Gets the largest number of tokens of the data, not counting the prompt.</summary>
    /// <value>The default is 24,000.</value>
    [Range(1_000, 1_000_000)]
    public int InputTokens { get; init; } = 24_000;

    /// <summary>Gets the largest number of sessions that are shown as new; the newest are chosen.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 500)]
    public int MostNewSessions { get; init; } = 50;
}
