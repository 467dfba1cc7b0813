using Orleans.Storage;

namespace Atlas.Silo.Persistence;

/// <summary>Another provider, whose failed reads are told in a sentence.</summary>
internal sealed class GuardedGrainStorage(IGrainStorage inner) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => StateReads.GuardAsync(async () =>
    {
        await inner.ReadStateAsync(stateName, grainId, grainState);
        return true;
    });

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);
}
