using System.Collections.Immutable;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Http;

/// <remarks>Forgetting sessions, which needs an API key with the scope admin. The API key determines which learning keys are affected.</remarks>
internal sealed partial class HttpAtlasClient
{
    public async Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default)
    {
        var (where, identity) = (request.Where, NewIdentity());
        var body = new
        {
            SessionIds = request.Sessions.IsDefaultOrEmpty ? (ImmutableArray<long>?)null : request.Sessions,
            request.Subject,
            Filter = where is null ? null : new { where.LearningKey, where.ExternalId, where.Status, where.ReviewStatus, where.Before, where.After, where.Metadata },
            by.Reason,
            request.DryRun,
        };
        var answer = await _calls.RepeatableAsync(() => _api.PostAsync<Forgotten>("v1/forget", body, identity, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var key in answer.Keys)
        {
            // The copy kept on disk for outages must not repeat what was forgotten.
            if (_kept is not null && !answer.DryRun && key.LearningKey is { } name)
            {
                await ResolveAsync(name, cancellationToken).ConfigureAwait(false);
            }
        }

        return new(
            answer.DryRun,
            [.. answer.Keys.Select(key => new ForgottenKey(key.LearningKey, key.SessionIds, key.Events, key.Versions, key.Withdrawn, key.LostSupport))],
            answer.More);
    }

    private sealed record Forgotten(bool DryRun, ImmutableArray<ForgottenPart> Keys, bool More);

    private sealed record ForgottenPart(
        string? LearningKey, ImmutableArray<long> SessionIds, int Events, int Versions, ImmutableArray<string> Withdrawn, ImmutableArray<string> LostSupport);
}
