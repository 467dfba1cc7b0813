namespace Atlas.Queries;

/// <summary>A synthesis that was concluded, without what was said in it.</summary>
/// <param name="At">When; a version that it made was created at this very time.</param>
/// <param name="Synthesizer">Which synthesizer.</param>
/// <param name="Outcome"><c>changed</c>, <c>unchanged</c>, <c>rejected</c> or <c>silent</c>.</param>
/// <param name="Calls">Calls of a language model.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
public sealed record SynthesisRecord(
    DateTimeOffset At, string? Synthesizer, string? Outcome, int Calls, long PromptTokens, long CompletionTokens);
