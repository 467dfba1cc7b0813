using System.Collections.Immutable;
using System.Globalization;
using Atlas.Client.Calls;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;

namespace Atlas.Client.Http;

/// <remarks>Experiments started by a person.</remarks>
internal sealed partial class HttpAtlasClient
{
    public async Task<ExperimentNeed> PlanExperimentAsync(string learningKey, ExperimentPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        KeyReferences.Check(learningKey);
        var path = ApiConnection.Key(learningKey, "experiments");
        return (await _calls.RepeatableAsync(() => _api.PostAsync<Planned>(path, Body(plan, null, dryRun: true), identity: null, cancellationToken), cancellationToken).ConfigureAwait(false)).Needed;
    }

    public async Task<ExperimentReport> StartExperimentAsync(string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return (await OnceAsync<Planned>(learningKey, "experiments", by, cancellationToken, Body(plan, by, dryRun: false)).ConfigureAwait(false)).Experiment!;
    }

    public Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        OnceAsync<ExperimentReport>(learningKey, Named(number, "stop"), by, cancellationToken);

    public Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        OnceAsync<ExperimentReport>(learningKey, Named(number, "conclude"), by, cancellationToken);

    public async Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        KeyReferences.Check(learningKey);
        return (await _calls.RepeatableAsync(() => _api.FindAsync<Listed>(ApiConnection.Key(learningKey, "experiments"), cancellationToken), cancellationToken).ConfigureAwait(false))?.Experiments ?? [];
    }

    private static string Named(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"experiments/{number}/{what}");

    private static object Body(ExperimentPlan plan, Attribution? by, bool dryRun) => new
    {
        plan.FirstVersion,
        plan.NewVersion,
        plan.Entry,
        plan.Configuration,
        plan.Share,
        plan.MaxSessions,
        plan.Difference,
        dryRun,
        by?.Author,
        by?.Reason,
    };

    private sealed record Planned(ExperimentNeed Needed, ExperimentReport? Experiment);

    private sealed record Listed(ImmutableArray<ExperimentReport> Experiments);
}
