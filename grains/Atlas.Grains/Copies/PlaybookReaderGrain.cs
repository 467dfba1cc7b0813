using Atlas.Contracts.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Grains.Copies;

/// <summary>Answers cluster clients from the copies of the silo they are connected to.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class PlaybookReaderGrain(IPlaybookReader reader) : Grain, IPlaybookReaderGrain
{
    public ValueTask<ResolvedPlaybook> Resolve(string learningKey, PlaybookFreshness freshness) => reader.ResolveAsync(learningKey, freshness);
}
