using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Models.Providers.Probing;

/// <summary>The result of testing a model.</summary>
/// <param name="Model">The model that answered; null if none did.</param>
/// <param name="Failure">Why it did not answer; null if it did.</param>
/// <param name="Problem">The same as a sentence, without keys; null if it answered.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Usage">What it cost.</param>
public sealed record ModelProbeResult(ModelDescription? Model, ModelFailure? Failure, string? Problem, TimeSpan Elapsed, TokenUsage Usage)
{
    /// <summary>Gets the provider's HTTP status; null if there was none or the model answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets what the model refused, such as <c>temperature</c>. Calls are made without it.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>Gets a value indicating whether the model answered.</summary>
    public bool Answered => Failure is null;
}
