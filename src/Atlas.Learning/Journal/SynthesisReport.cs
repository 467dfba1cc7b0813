using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>The result of a synthesis.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Outcome"><c>changed</c>, <c>unchanged</c>, <c>rejected</c>, <c>silent</c> or <c>failed</c>.</param>
/// <param name="Synthesizer">The name of the synthesizer.</param>
/// <param name="Reason">One sentence; null if there is nothing to add.</param>
/// <param name="ConsecutiveFailures">The number of consecutive failures including this one; 0 if it did not fail.</param>
/// <param name="RetryAt">The earliest time for the next attempt; null if it did not fail.</param>
/// <param name="Cost">The cost; null if no language model was called, or if it is not known.</param>
public sealed record SynthesisReport(
    DateTimeOffset At,
    string Outcome,
    string Synthesizer,
    string? Reason,
    int ConsecutiveFailures = 0,
    DateTimeOffset? RetryAt = null,
    TokenUsage? Cost = null)
{
    /// <summary>Returns the earliest time for the next attempt; null if nothing delays it.</summary>
    /// <param name="now">The time. A failure in its future was stored by a clock that was ahead, and delays nothing.</param>
    public DateTimeOffset? WaitsUntil(DateTimeOffset now) => At.IsAhead(now) ? null : RetryAt;
}
