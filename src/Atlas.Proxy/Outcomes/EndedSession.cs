using Atlas.Domain;

namespace Atlas.Proxy.Outcomes;

/// <summary>What the webhook is told of a session that is about to end; secrets are taken out.</summary>
/// <param name="Event"><c>session.ended</c>.</param>
/// <param name="SessionId">Its number.</param>
/// <param name="LearningKey">Its learning key, as the caller writes it.</param>
/// <param name="Tenant">The caller's tenant; empty for the one without a name.</param>
/// <param name="Status">How it would end without a word from there.</param>
/// <param name="Task">The task.</param>
/// <param name="FinalAnswer">The last answer's text; null if there was none.</param>
/// <param name="Error">What went wrong with the last call; null if nothing did.</param>
/// <param name="PlaybookVersion">The version that it was given; 0 for none.</param>
/// <param name="ResponseIds">The provider's ids of its newest answers, at most 100.</param>
/// <param name="TokenUsage">Tokens by kind, and the number of calls.</param>
internal sealed record EndedSession(
    string Event,
    long SessionId,
    string LearningKey,
    string Tenant,
    SessionStatus Status,
    string Task,
    string? FinalAnswer,
    string? Error,
    int PlaybookVersion,
    IReadOnlyList<string> ResponseIds,
    IReadOnlyDictionary<string, double> TokenUsage);
