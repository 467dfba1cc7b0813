using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <remarks>Experiments that people start.</remarks>
internal sealed partial class LearningKeyGrain
{
    public async Task<ExperimentReport> StartExperiment(ExperimentPlan plan, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        var (first, other) = plan is { FirstVersion: { } one, NewVersion: { } two } ? (await FindVersion(one), await FindVersion(two)) : (null, null);
        await Change(by, state => ExperimentRequests.Start(state, plan, first, other, _services.Learning, signature), cancellationToken);
        return Reported(null);
    }

    public async Task<ExperimentReport> StopExperiment(int number, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        await Change(by, state => ExperimentRequests.Stop(state, number, signature), cancellationToken);
        return Reported(number);
    }

    public async Task<ExperimentReport> ConcludeExperiment(int number, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        ImmutableArray<ServedPlaybook> versions = _commit.Committed.Trials?.Evidence.Experiment is { Plan: { FirstVersion: { } one, NewVersion: { } two } }
            ? [await FindVersion(one), await FindVersion(two)]
            : [];
        await Change(by, state => ExperimentRequests.Conclude(state, number, versions, _services.Learning, signature), cancellationToken);
        return Reported(number);
    }

    public ValueTask<ImmutableArray<ExperimentReport>> Experiments() => _services.Lease.IsValid ? new(AllReported()) : new(OnceSure(AllReported));

    private ImmutableArray<ExperimentReport> AllReported() => ExperimentConclusions.Reports(_commit.Committed.Trials);

    private ExperimentReport Reported(int? number) => AllReported().First(report => number is null || report.Number == number);
}
