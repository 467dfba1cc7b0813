using Orleans.Storage;

namespace Atlas.Silo.Persistence;

/// <summary>Another provider, whose failed reads are told in a sentence.</summary>
internal sealed class GuardedGrainStorage(IGrainStorage inner) : IGrainStorage
{
    /// <summary>The provider that does the work.</summary>
    public IGrainStorage Inner { get; } = inner;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => StateReads.GuardAsync(async () =>
    {
        await Inner.ReadStateAsync(stateName, grainId, grainState);
        return true;
    });

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Inner.ClearStateAsync(stateName, grainId, grainState);
}
