using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Client.Http;

/// <summary>A session, reached over HTTP.</summary>
internal sealed class HttpSession(ApiConnection api, long sessionId) : ISessionGrain
{
    public Task Append(int firstSequence, ImmutableArray<JsonElement> events) => new EventBatches(api, Path("events")).AppendAsync(firstSequence, events);

    public Task RecordPlan(SessionPlan plan) => RecordAsync("plan", new { plan });

    public Task RecordStep(StepRecord step) => RecordAsync("steps", new
    {
        step.StepId,
        step.Trace,
        step.Output,
        step.Evaluation,
        step.Metadata,
        attempt_evaluations = step.Attempts.IsDefault ? [] : step.Attempts,
        guidance = step.Guidance.IsDefault ? [] : step.Guidance,
    });

    public Task RecordGuidance(int stepId, string note) => RecordAsync("guidance", new { step_id = stepId, note });

    public Task RecordUsage(UsageSnapshot usage) => RecordAsync("usage", new { usage });

    public Task<SessionCompleted> Complete(CompleteSession completion) => PostAsync<SessionCompleted>("complete", new
    {
        completion.Status,
        completion.FinalAnswer,
        completion.Reward,
        completion.Review,
        completion.Metadata,
        completion.StudentNote,
        completion.TeacherNote,
    });

    public Task<SessionCompleted> Reward(SessionReward reward) => PostAsync<SessionCompleted>("reward", reward);

    public Task<SessionReviewed> Review(ReviewDecision decision) => PostAsync<SessionReviewed>("review", decision);

    public Task Renew() => RecordAsync("renew", new { });

    public Task<SessionState> Standing() => AwaitJudgement(TimeSpan.Zero);

    public Task<SessionState> AwaitJudgement(TimeSpan patience)
    {
        var wait = TimeSpan.FromSeconds(Math.Clamp(patience.TotalSeconds, 0, 20));
        return api.GetAsync<SessionState>(string.Create(CultureInfo.InvariantCulture, $"{Path("reward")}?wait_seconds={wait.TotalSeconds}"), CancellationToken.None, wait);
    }

    private Task RecordAsync(string what, object body) => PostAsync<Recorded>(what, body);

    // All of them may be repeated without effect, so they need no identity.
    private Task<T> PostAsync<T>(string what, object body) => api.PostAsync<T>(Path(what), body, identity: null, CancellationToken.None);

    private string Path(string what) => string.Create(CultureInfo.InvariantCulture, $"v1/sessions/{sessionId}/{what}");

    private sealed record Recorded(long SessionId);
}
