using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;

namespace Atlas.Client;

/// <remarks>Experiments started by a person.</remarks>
public sealed partial class AtlasClient
{
    public Task<ExperimentNeed> PlanExperimentAsync(string learningKey, ExperimentPlan plan, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).PlanExperiment(plan, cancellationToken), cancellationToken);

    public Task<ExperimentReport> StartExperimentAsync(
        string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).StartExperiment(plan, by, cancellationToken), cancellationToken);

    public Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).StopExperiment(number, by, cancellationToken), cancellationToken);

    public Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).ConcludeExperiment(number, by, cancellationToken), cancellationToken);

    public Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).Experiments().AsTask(), cancellationToken);
}
