using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Door;

namespace Atlas.Http.Forgetting;

/// <summary><c>/v1/forget</c>: sessions, and what was learned from them alone, taken out of everything that is stored.</summary>
internal static class ForgetEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGroup("/forget").WithTags("Forgetting").MapPost("", ForgetAsync)
        .Writes(Scopes.Admin, "Forget", "Forget sessions, or see what would be forgotten");

    private static async Task<JsonAnswer<ForgetAnswer>> ForgetAsync(Body<ForgetBody> body, Caller caller, HttpContext context, [FromServices] Backend backend)
    {
        var request = body.Value;
        var where = request.Filter;

        // Of a text that is to be forgotten the audit must not be the last to hold it.
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

/// <summary>What sessions have in common.</summary>
/// <param name="LearningKey">Only sessions of this key.</param>
/// <param name="ExternalId">Only the session with this external id.</param>
/// <param name="Status">Only sessions of this status.</param>
/// <param name="ReviewStatus">Only sessions of this review status.</param>
/// <param name="Before">Only sessions begun before.</param>
/// <param name="After">Only sessions begun then or later.</param>
/// <param name="Metadata">Only sessions whose metadata have these members, as <c>user</c> or <c>user.id</c>, with these texts.</param>
internal sealed record ForgetSelection(
    string? LearningKey = null,
    string? ExternalId = null,
    SessionStatus? Status = null,
    ReviewStatus? ReviewStatus = null,
    DateTimeOffset? Before = null,
    DateTimeOffset? After = null,
    ImmutableDictionary<string, string>? Metadata = null);

/// <summary>What is to be forgotten; what is named more than once narrows it down.</summary>
/// <param name="SessionIds">Only these sessions.</param>
/// <param name="Subject">Only sessions in whose records this text stands. It goes from playbooks and all else, too.</param>
/// <param name="Filter">Only sessions that pass this.</param>
/// <param name="Reason">Why; it is kept, so it must not say whom it is about.</param>
/// <param name="DryRun">Only tells what would be forgotten, unless it is <c>false</c>.</param>
internal sealed record ForgetBody(
    ImmutableArray<long>? SessionIds = null,
    [property: Description("Only sessions in whose records this text stands, at least three characters. It goes from playbooks and all else, too.")] string? Subject = null,
    ForgetSelection? Filter = null,
    string? Reason = null,
    [property: Description("Only tells what would be forgotten, unless it is false.")] bool DryRun = true);

/// <summary>What was forgotten, or would be.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Keys">Key by key.</param>
/// <param name="More">Whether more sessions are meant than are forgotten at once; ask again for the rest.</param>
internal sealed record ForgetAnswer(bool DryRun, ImmutableArray<ForgottenAnswer> Keys, bool More);

/// <summary>What was forgotten of a learning key.</summary>
/// <param name="LearningKey">The key; null for sessions without one.</param>
/// <param name="SessionIds">The sessions.</param>
/// <param name="Events">Events of its journal that say less than before.</param>
/// <param name="Versions">Versions of its playbook that do.</param>
/// <param name="Withdrawn">Entries that rested on these sessions alone.</param>
/// <param name="LostSupport">Entries that stay, with less behind them.</param>
internal sealed record ForgottenAnswer(
    string? LearningKey, ImmutableArray<long> SessionIds, int Events, int Versions, ImmutableArray<string> Withdrawn, ImmutableArray<string> LostSupport);
