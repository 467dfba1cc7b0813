using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>How a synthesis went.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Outcome"><c>changed</c>, <c>unchanged</c>, <c>rejected</c>, <c>silent</c> or <c>failed</c>.</param>
/// <param name="Synthesizer">Which synthesizer.</param>
/// <param name="Reason">One sentence; null where there is nothing to add.</param>
/// <param name="ConsecutiveFailures">Failures in a row up to and with this one; 0 if it did not fail.</param>
/// <param name="RetryAt">Not before then will it be tried again; null if it did not fail.</param>
/// <param name="Cost">What it cost; null where no language model was called, or where it is not known.</param>
public sealed record SynthesisReport(
    DateTimeOffset At,
    string Outcome,
    string Synthesizer,
    string? Reason,
    int ConsecutiveFailures = 0,
    DateTimeOffset? RetryAt = null,
    TokenUsage? Cost = null);
