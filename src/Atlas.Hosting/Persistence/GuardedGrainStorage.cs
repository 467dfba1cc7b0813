using Atlas.Hosting.Health;
using Orleans.Storage;

namespace Atlas.Hosting.Persistence;

/// <summary>Another provider, whose failed reads are told in a sentence, and which keeps learning keys apart. Nothing is written that could not be kept.</summary>
internal sealed class GuardedGrainStorage(IGrainStorage inner, SiloGuard? guard) : IGrainStorage
{
    /// <summary>The provider that does the work.</summary>
    public IGrainStorage Inner { get; } = inner;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => StateReads.GuardAsync(async () =>
    {
        await Inner.ReadStateAsync(stateName, GrainStateKeys.ForProvider(stateName, grainId), grainState).ConfigureAwait(false);
        return true;
    });

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        guard?.Demand();
        return Inner.WriteStateAsync(stateName, GrainStateKeys.ForProvider(stateName, grainId), grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Inner.ClearStateAsync(stateName, GrainStateKeys.ForProvider(stateName, grainId), grainState);
}
