using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Door;

namespace Atlas.Http.Forgetting;

/// <summary><c>/v1/forget</c>: removes sessions, and what was learned from them alone, from everything that is stored.</summary>
internal static class ForgetEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGroup("/forget").WithTags("Forgetting").MapPost("", ForgetAsync)
        .Writes(Scopes.Admin, "Forget", "Forget sessions, or preview what would be forgotten");

    private static async Task<JsonAnswer<ForgetAnswer>> ForgetAsync(Body<ForgetBody> body, Caller caller, HttpContext context, [FromServices] Backend backend)
    {
        var request = body.Value;
        var where = request.Filter;

        // The audit must not keep a text that is being forgotten.
        context.Features.Set(new AuditNote(null) { KeepsRequest = false });
        var outcome = await backend.Grains.GetGrain<IForgettingGrain>(0).Forget(
            new ForgetRequest
            {
                Sessions = request.SessionIds ?? [],
                Subject = request.Subject,
                Where = where is null ? null : new ForgetFilter
                {
                    LearningKey = where.LearningKey is { } key ? caller.Store(key) : null,
                    ExternalId = caller.StoreExternal(where.ExternalId),
                    Status = where.Status,
                    ReviewStatus = where.ReviewStatus,
                    Before = where.Before,
                    After = where.After,
                    Metadata = where.Metadata ?? ImmutableDictionary<string, string>.Empty,
                },
                KeyPrefix = caller.StoredPrefix,
                ExceptKeyPrefix = caller.HiddenPrefix,
                DryRun = request.DryRun,
            },
            new Attribution(caller.Name, request.Reason)).ConfigureAwait(false);
        return Answers.Json(new ForgetAnswer(
            outcome.DryRun,
            [.. outcome.Keys.Select(key => new ForgottenAnswer(
                key.LearningKey is { } stored ? caller.Show(stored) : null, key.Sessions, key.Events, key.Versions, key.Withdrawn, key.LostSupport))],
            outcome.More));
    }
}

/// <summary>A filter for sessions. A session must match all of it.</summary>
/// <param name="LearningKey">Only sessions of this learning key.</param>
/// <param name="ExternalId">Only the session with this external id.</param>
/// <param name="Status">Only sessions with this status.</param>
/// <param name="ReviewStatus">Only sessions with this review status.</param>
/// <param name="Before">Only sessions that started before this time.</param>
/// <param name="After">Only sessions that started at or after this time.</param>
/// <param name="Metadata">Only sessions whose metadata has these members, such as <c>user</c> or <c>user.id</c>, with these values
/// as text.</param>
internal sealed record ForgetSelection(
    string? LearningKey = null,
    string? ExternalId = null,
    SessionStatus? Status = null,
    ReviewStatus? ReviewStatus = null,
    DateTimeOffset? Before = null,
    DateTimeOffset? After = null,
    ImmutableDictionary<string, string>? Metadata = null);

/// <summary>The sessions to forget. A session must match all criteria that are given.</summary>
/// <param name="SessionIds">Only the sessions with these numbers.</param>
/// <param name="Subject">Only sessions whose records contain this text: at least three characters, ignoring case. The text is also removed
/// from playbooks and everything else that is stored.</param>
/// <param name="Filter">Only sessions that match this filter.</param>
/// <param name="Reason">The reason. It is stored, so it must not name the person it is about.</param>
/// <param name="DryRun">Whether to only report what would be forgotten and change nothing. The default is <c>true</c>.</param>
internal sealed record ForgetBody(
    ImmutableArray<long>? SessionIds = null,
    [property: Description("Only sessions whose records contain this text: at least three characters, ignoring case. The text is also removed from playbooks and everything else that is stored.")] string? Subject = null,
    ForgetSelection? Filter = null,
    string? Reason = null,
    [property: Description("true only reports what would be forgotten and changes nothing. The default is true.")] bool DryRun = true);

/// <summary>What was forgotten, or would be.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Keys">The result for each learning key.</param>
/// <param name="More">Whether more sessions match than one request forgets. Repeat the request for the rest.</param>
internal sealed record ForgetAnswer(bool DryRun, ImmutableArray<ForgottenAnswer> Keys, bool More);

/// <summary>What was forgotten of a learning key.</summary>
/// <param name="LearningKey">The learning key; null for sessions without one.</param>
/// <param name="SessionIds">The numbers of the sessions.</param>
/// <param name="Events">The number of events in the journal of the key that lost content.</param>
/// <param name="Versions">The number of versions of the playbook that lost content.</param>
/// <param name="Withdrawn">The ids of entries that were learned from these sessions alone.</param>
/// <param name="LostSupport">The ids of entries that stay, with less support.</param>
internal sealed record ForgottenAnswer(
    string? LearningKey, ImmutableArray<long> SessionIds, int Events, int Versions, ImmutableArray<string> Withdrawn, ImmutableArray<string> LostSupport);
