using System.Collections.Immutable;
using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Client.Cache;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Playbooks;
using Orleans.Runtime;

namespace Atlas.Cli.Database;

/// <summary>A client that records its changes in the audit, including those that a rule stopped. What a session records about itself is not
/// audited.</summary>
internal sealed class AuditedClient(IAtlasClient client, CommandContext context) : IAtlasClient
{
    private readonly CommandAudit _audit = new(context);

    public string ClusterName => client.ClusterName;

    public CachedPlaybook? LastKnown(string learningKey, string role = "student") => client.LastKnown(learningKey, role);

    public Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default) => client.StartSessionAsync(request, cancellationToken);

    public ISessionGrain GetSession(long sessionId) => client.GetSession(sessionId);

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) => client.StandingAsync(sessionId, cancellationToken);

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) =>
        client.AwaitRewardAsync(sessionId, patience, cancellationToken);

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) => client.ResolveAsync(learningKey, cancellationToken);

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default) =>
        client.ResolveAsync(learningKey, freshness, cancellationToken);

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) => client.WatchAsync(learningKey, cancellationToken);

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) => client.DescribeAsync(learningKey, cancellationToken);

    public Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default) => client.BaselineAsync(learningKey, cancellationToken);

    public Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default) =>
        client.ExperimentsAsync(learningKey, cancellationToken);

    public async Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default)
    {
        var key = await _audit.FindKeyAsync(sessionId, cancellationToken);
        var subject = sessionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return await NotedAsync(
            "ReviewSession", key, subject, decision.Reviewer, new { decision.Status, decision.Note },
            () => client.ReviewAsync(sessionId, decision, cancellationToken), null, reviewed => Task.FromResult<object>(new { reviewed.ReviewStatus, reviewed.Teaches }));
    }

    public Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("FreezeKey", learningKey, by, null, () => client.FreezeAsync(learningKey, by, cancellationToken));

    public Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("UnfreezeKey", learningKey, by, null, () => client.UnfreezeAsync(learningKey, by, cancellationToken));

    public Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("StageKey", learningKey, by, null, () => client.StageAsync(learningKey, by, cancellationToken));

    public Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("UnstageKey", learningKey, by, null, () => client.UnstageAsync(learningKey, by, cancellationToken));

    public Task<KeyChange> PromoteAsync(string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("PromoteVersion", learningKey, by, version, () => client.PromoteAsync(learningKey, version, by, cancellationToken));

    public Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("PinVersion", learningKey, by, version, () => client.PinAsync(learningKey, version, by, cancellationToken));

    public Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("UnpinKey", learningKey, by, null, () => client.UnpinAsync(learningKey, by, cancellationToken));

    public Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("TryEntry", learningKey, by, entryId, () => client.TryEntryAsync(learningKey, entryId, by, cancellationToken));

    public Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("WithdrawEntry", learningKey, by, entryId, () => client.WithdrawEntryAsync(learningKey, entryId, by, cancellationToken));

    public Task<KeyChange> MergeEntriesAsync(string learningKey, string kept, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("MergeEntries", learningKey, by, entryId, () => client.MergeEntriesAsync(learningKey, kept, entryId, by, cancellationToken));

    public Task<KeyChange> UnmergeEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("UnmergeEntry", learningKey, by, entryId, () => client.UnmergeEntryAsync(learningKey, entryId, by, cancellationToken));

    public Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("RollbackPlaybook", learningKey, by, version, () => client.RollbackAsync(learningKey, version, by, cancellationToken));

    public Task<KeyChange> ImportAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("ImportPlaybook", learningKey, by, null, () => client.ImportAsync(learningKey, playbook, by, cancellationToken));

    public Task<KeyChange> EditAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        ChangeAsync("EditPlaybook", learningKey, by, null, () => client.EditAsync(learningKey, playbook, by, cancellationToken));

    public Task<ExperimentNeed> PlanExperimentAsync(string learningKey, ExperimentPlan plan, CancellationToken cancellationToken = default) =>
        client.PlanExperimentAsync(learningKey, plan, cancellationToken);

    public Task<ExperimentReport> StartExperimentAsync(string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default) =>
        NotedAsync("StartExperiment", learningKey, null, by.Author, new { plan, by.Reason }, () => client.StartExperimentAsync(learningKey, plan, by, cancellationToken), null, Figures);

    public Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        NotedAsync("StopExperiment", learningKey, null, by.Author, new { number, by.Reason }, () => client.StopExperimentAsync(learningKey, number, by, cancellationToken), null, Figures);

    public Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        NotedAsync("ConcludeExperiment", learningKey, null, by.Author, new { number, by.Reason }, () => client.ConcludeExperimentAsync(learningKey, number, by, cancellationToken), null, Figures);

    public async Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default)
    {
        // The audit must not keep a text that is being forgotten.
        var asked = new { sessions = request.Sessions.Length, by_text = request.Subject is not null, filtered = request.Where is not null, by.Reason };
        return request.DryRun
            ? await client.ForgetAsync(request, by, cancellationToken)
            : await NotedAsync(
                "Forget", null, null, by.Author, asked, () => client.ForgetAsync(request, by, cancellationToken), null,
                outcome => Task.FromResult<object>(new { keys = outcome.Keys.Length, sessions = outcome.Keys.Sum(key => key.Sessions.Length), outcome.More }));
    }

    public async ValueTask DisposeAsync()
    {
        await _audit.DisposeAsync();
        await client.DisposeAsync();
    }

    private static Task<object> Figures(ExperimentReport report) => Task.FromResult<object>(new { report.Number });

    private async Task<KeyChange> ChangeAsync(string action, string learningKey, Attribution by, object? what, Func<Task<KeyChange>> change)
    {
        var before = Standing(await client.DescribeAsync(learningKey));
        return await NotedAsync(
            action, learningKey, null, by.Author, new { what, by.Reason }, change, before, async _ => Standing(await client.DescribeAsync(learningKey)));
    }

    private static object Standing(LearningKeyDescription key) =>
        new { version = key.NewestVersion, current = key.Playbook.Version, staged = key.Staged, frozen = key.Frozen, pinned = key.PinnedVersion };

    private async Task<T> NotedAsync<T>(
        string action, string? learningKey, string? subject, string author, object request, Func<Task<T>> change, object? before, Func<T, Task<object>> after)
    {
        T changed;
        try
        {
            changed = await change();
        }
        catch (AtlasRefusedException)
        {
            await _audit.NoteAsync(action, learningKey, subject, author, 409, request, before);
            throw;
        }
        catch (Exception)
        {
            // No answer is no proof that nothing was done.
            await _audit.NoteAsync(action, learningKey, subject, author, 503, request, before, new { outcome = "unknown" });
            throw;
        }

        await _audit.NoteAsync(action, learningKey, subject, author, 200, request, before, await AfterAsync(changed, after));
        return changed;
    }

    // The change is made, and is audited and reported even if the silo has gone since.
    private static async Task<object?> AfterAsync<T>(T changed, Func<T, Task<object>> after)
    {
        try
        {
            return await after(changed);
        }
        catch (Exception gone) when (gone is AtlasUnavailableException or AtlasRefusedException or TimeoutException or OrleansException)
        {
            return null;
        }
    }
}
