using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>How much a language model is shown of a learning key.</summary>
public sealed record LlmSynthesizerOptions
{
    /// <summary>Tokens that the data may take, the prompt itself not counted.</summary>
    /// <value>The default is 24 000.</value>
    [Range(1_000, 1_000_000)]
    public int InputTokens { get; init; } = 24_000;

    /// <summary>Most sessions that are shown as new; the newest ones.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 500)]
    public int MostNewSessions { get; init; } = 50;
}
