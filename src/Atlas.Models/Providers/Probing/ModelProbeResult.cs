using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Models.Providers.Probing;

/// <summary>What came of trying a model.</summary>
/// <param name="Model">Which model answered; null if none did.</param>
/// <param name="Failure">Why it did not answer; null if it did.</param>
/// <param name="Problem">The same as a sentence, without keys; null if it answered.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Usage">What it cost.</param>
public sealed record ModelProbeResult(ModelDescription? Model, ModelFailure? Failure, string? Problem, TimeSpan Elapsed, TokenUsage Usage)
{
    /// <summary>The provider's HTTP status; null if there was none, or the model answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What the model refused, so that calls are made without it, as in <c>temperature</c>.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>Whether the model answered.</summary>
    public bool Answered => Failure is null;
}
