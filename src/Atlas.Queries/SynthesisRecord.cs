namespace Atlas.Queries;

/// <summary>A concluded synthesis, without its content.</summary>
/// <param name="At">The time; a version that it made was created at exactly this time.</param>
/// <param name="Synthesizer">The name of the synthesizer.</param>
/// <param name="Outcome"><c>changed</c>, <c>unchanged</c>, <c>rejected</c> or <c>silent</c>.</param>
/// <param name="Calls">The number of language model calls.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
public sealed record SynthesisRecord(
    DateTimeOffset At, string? Synthesizer, string? Outcome, int Calls, long PromptTokens, long CompletionTokens);
