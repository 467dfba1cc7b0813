using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Keys;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>Answers cluster clients from the copies of the silo they are connected to.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class PlaybookReaderGrain(PlaybookCopies copies) : Grain, IPlaybookReaderGrain
{
    public ValueTask<ResolvedPlaybook> Resolve(string learningKey, PlaybookFreshness freshness) => LearningKeyRule.ProblemOf(learningKey) is { } problem
        ? throw new AtlasRefusedException(problem)
        : copies.ReadAsync(learningKey, freshness);
}
