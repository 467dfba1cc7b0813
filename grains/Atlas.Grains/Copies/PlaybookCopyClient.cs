using Orleans.Runtime.Services;

namespace Atlas.Grains.Copies;

/// <summary>Calls the copy services of other silos.</summary>
internal sealed class PlaybookCopyClient(IServiceProvider services) : GrainServiceClient<IPlaybookCopyService>(services)
{
    public Task LetGoAsync(SiloAddress holder, string learningKey) => GetGrainService(holder).LetGo(learningKey);

    public Task DropTextsAsync(SiloAddress silo, string learningKey) => GetGrainService(silo).DropTexts(learningKey);
}
