using Atlas.Hosting.Health;
using Orleans.Storage;

namespace Atlas.Hosting.Persistence;

/// <summary>Wraps another provider: keeps learning keys apart, explains failed reads in a sentence, and rejects writes that could be lost.</summary>
internal sealed class GuardedGrainStorage(IGrainStorage inner, SiloGuard? guard) : IGrainStorage
{
    /// <summary>Gets the wrapped provider.</summary>
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
