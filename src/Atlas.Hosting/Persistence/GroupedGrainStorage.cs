using System.Globalization;
using Atlas.Hosting.Health;
using Atlas.Storage.GrainStates;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Atlas.Hosting.Persistence;

/// <summary>Grain storage whose writes share statements and commits with those of all other grains of the silo.</summary>
/// <remarks>Uses the rows and rules of the Orleans ADO.NET provider over <c>orleans.grain_state</c>, so either can continue where the other
/// left off.</remarks>
internal sealed class GroupedGrainStorage(
    string name, GrainStateStore store, IGrainStorageSerializer serializer, IActivatorProvider activators, SiloGuard? guard) : IGrainStorage, IAsyncDisposable
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await StateReads.GuardAsync(() => store.ReadAsync(GrainStateKeys.Of(stateName, grainId))).ConfigureAwait(false);
        grainState.State = stored?.Json is { } json ? serializer.Deserialize<T>(new BinaryData(json)) : Fresh<T>();
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored?.Json is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        guard?.Demand();
        var json = serializer.Serialize(grainState.State).ToMemory();
        var version = await store.WriteAsync(GrainStateKeys.Of(stateName, grainId), Version(grainState.ETag), json).ConfigureAwait(false)
            ?? throw Conflict("written", stateName, grainId, grainState.ETag);
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is null)
        {
            await ReadStateAsync(stateName, grainId, grainState).ConfigureAwait(false);
            if (!grainState.RecordExists)
            {
                return;
            }
        }

        var version = await store.ClearAsync(GrainStateKeys.Of(stateName, grainId), Version(grainState.ETag)).ConfigureAwait(false)
            ?? throw Conflict("cleared", stateName, grainId, grainState.ETag);
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = false;
        grainState.State = Fresh<T>();
    }

    /// <summary>Stores waiting writes. The container calls it once the silo has stopped.</summary>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    private T Fresh<T>() => activators.GetActivator<T>().Create();

    private static int? Version(string? etag) => string.IsNullOrWhiteSpace(etag) ? null : int.Parse(etag, CultureInfo.InvariantCulture);

    private InconsistentStateException Conflict(string what, string stateName, GrainId grain, string? etag) => new(
        $"The state '{stateName}' of {grain} was not {what} in the storage '{name}': it was based on version {etag ?? "none"}, and another is stored.",
        storedEtag: "unknown", currentEtag: etag ?? "none");
}
