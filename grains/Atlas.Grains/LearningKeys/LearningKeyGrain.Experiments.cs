using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <remarks>Experiments that people start.</remarks>
internal sealed partial class LearningKeyGrain
{
    public async Task<ExperimentNeed> PlanExperiment(ExperimentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellationToken.ThrowIfCancellationRequested();
        var (first, other) = await ArmsOf(plan);
        await _services.Lease.DemandAsync();
        if (plan.Configuration?.Synthesizer is { } name)
        {
            SynthesizerArms.Demand(_services, name);
        }

        return ExperimentRequests.Plan(_commit.Committed, plan, first, other, _services.Learning);
    }

    public async Task<ExperimentReport> StartExperiment(ExperimentPlan plan, Attribution by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var signature = Sign(by);
        if (plan.Configuration?.Synthesizer is { } name)
        {
            // A model is not asked for an experiment that could not start.
            var before = _commit.Committed;
            ExperimentRequests.Plan(before, plan, null, null, _services.Learning);
            var (own, compared) = await SynthesizerArms.AskAsync(Key, _services, before, name, cancellationToken);
            if (await _services.Evidence.HasQuarantinedAsync(own, cancellationToken))
            {
                throw new AtlasRefusedException("A session that the synthesizers were shown was quarantined while they were asked. Start the experiment again.");
            }

            await Change(by, state => SynthesizerExperiments.Start(state, plan, own, compared, _services.Learning, signature), cancellationToken);
            return Reported(null);
        }

        await Change(
            by,
            () => ArmsOf(plan),
            (state, arms) => ExperimentRequests.Start(state, plan, arms.First, arms.Other, _services.Learning, signature),
            cancellationToken);
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
        await Change(by, ArmsUnderTest, (state, versions) => ExperimentRequests.Conclude(state, number, versions, _services.Learning, signature), cancellationToken);
        return Reported(number);
    }

    public ValueTask<ImmutableArray<ExperimentReport>> Experiments() => _services.Lease.IsValid ? new(AllReported()) : new(OnceSure(AllReported));

    private async Task<(ServedPlaybook? First, ServedPlaybook? Other)> ArmsOf(ExperimentPlan plan) =>
        plan is { FirstVersion: { } one, NewVersion: { } two } ? (await FindVersion(one), await FindVersion(two)) : (null, null);

    private async Task<ImmutableArray<ServedPlaybook>> ArmsUnderTest() =>
        _commit.Committed.Trials?.Evidence.Experiment is { Plan: { FirstVersion: { } one, NewVersion: { } two } } ? [await FindVersion(one), await FindVersion(two)] : [];

    private ImmutableArray<ExperimentReport> AllReported() => ExperimentConclusions.Reports(_commit.Committed.Trials);

    private ExperimentReport Reported(int? number) => AllReported().First(report => number is null || report.Number == number);
}
