using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>Answers cluster clients from the copies of the silo they are connected to.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class PlaybookReaderGrain(PlaybookCopies copies) : Grain, IPlaybookReaderGrain
{
    public ValueTask<ResolvedPlaybook> Resolve(string learningKey, PlaybookFreshness freshness) => string.IsNullOrWhiteSpace(learningKey)
        ? throw new AtlasRefusedException("A learning key is a text that is not blank, for example support/refunds.")
        : copies.ReadAsync(learningKey, freshness);
}
