using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Client.Http;

/// <summary>A session over HTTP.</summary>
internal sealed class HttpSession(ApiConnection api, long sessionId) : ISessionGrain
{
    public Task Append(int firstSequence, ImmutableArray<JsonElement> events, CancellationToken cancellationToken = default) =>
        new EventBatches(api, Path("events")).AppendAsync(firstSequence, events, cancellationToken);

    public Task RecordPlan(SessionPlan plan, CancellationToken cancellationToken = default) => RecordAsync("plan", new { plan }, cancellationToken);

    public Task RecordStep(StepRecord step, CancellationToken cancellationToken = default) => RecordAsync(
        "steps",
        new
        {
            step.StepId,
            step.Trace,
            step.Output,
            step.Evaluation,
            step.Metadata,
            attempt_evaluations = step.Attempts.IsDefault ? [] : step.Attempts,
            guidance = step.Guidance.IsDefault ? [] : step.Guidance,
        },
        cancellationToken);

    public Task RecordGuidance(int stepId, string note, CancellationToken cancellationToken = default) =>
        RecordAsync("guidance", new { step_id = stepId, note }, cancellationToken);

    public Task RecordUsage(UsageSnapshot usage, CancellationToken cancellationToken = default) => RecordAsync("usage", new { usage }, cancellationToken);

    public Task<SessionCompleted> Complete(CompleteSession completion, CancellationToken cancellationToken = default) => PostAsync<SessionCompleted>(
        "complete",
        new
        {
            completion.Status,
            completion.FinalAnswer,
            completion.Reward,
            completion.Review,
            completion.Metadata,
            completion.StudentNote,
            completion.TeacherNote,
        },
        cancellationToken);

    public Task<SessionCompleted> Reward(SessionReward reward, CancellationToken cancellationToken = default) => PostAsync<SessionCompleted>("reward", reward, cancellationToken);

    public Task<SessionReviewed> Review(ReviewDecision decision, CancellationToken cancellationToken = default) => ReviewAsync(decision, identity: null, cancellationToken);

    /// <param name="decision">The decision.</param>
    /// <param name="identity">The idempotency key. Without one, a repeated request is a second decision.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task<SessionReviewed> ReviewAsync(ReviewDecision decision, string? identity, CancellationToken cancellation)
    {
        // An older server refuses a member that it does not know.
        object body = decision.OnlyWhile is { } expected
            ? new { decision.Status, decision.Reviewer, decision.Note, OnlyWhile = expected }
            : decision;
        return api.PostAsync<SessionReviewed>(Path("review"), body, identity, cancellation);
    }

    public Task Renew(CancellationToken cancellationToken = default) => RecordAsync("renew", new { }, cancellationToken);

    public Task<SessionState> Standing(CancellationToken cancellationToken = default) => AwaitJudgement(TimeSpan.Zero, cancellationToken);

    public Task<SessionState> AwaitJudgement(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var wait = TimeSpan.FromSeconds(Math.Clamp(patience.TotalSeconds, 0, 20));
        return api.GetAsync<SessionState>(string.Create(CultureInfo.InvariantCulture, $"{Path("reward")}?wait_seconds={wait.TotalSeconds}"), cancellationToken, wait);
    }

    private Task RecordAsync(string what, object body, CancellationToken cancellation) => PostAsync<Recorded>(what, body, cancellation);

    // All of these calls are idempotent, so they need no idempotency key.
    private Task<T> PostAsync<T>(string what, object body, CancellationToken cancellation) => api.PostAsync<T>(Path(what), body, identity: null, cancellation);

    private string Path(string what) => string.Create(CultureInfo.InvariantCulture, $"v1/sessions/{sessionId}/{what}");

    private sealed record Recorded(long SessionId);
}
