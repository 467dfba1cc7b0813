using Orleans.Runtime.Services;

namespace Atlas.Grains.Copies;

/// <summary>Reaches the copies of other silos.</summary>
internal sealed class PlaybookCopyClient(IServiceProvider services) : GrainServiceClient<IPlaybookCopyService>(services)
{
    public Task LetGoAsync(SiloAddress holder, string learningKey) => GetGrainService(holder).LetGo(learningKey);
}
