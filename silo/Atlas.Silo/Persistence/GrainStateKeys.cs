using Atlas.Storage.GrainStates;

namespace Atlas.Silo.Persistence;

/// <summary>Says in which row Orleans' ADO.NET provider keeps a grain's state, so that both providers share the rows.</summary>
internal static class GrainStateKeys
{
    public static GrainStateKey Of(string stateName, GrainId grain)
    {
        if (grain.TryGetGuidKey(out var guid, out var extension))
        {
            Span<byte> bytes = stackalloc byte[16];
            guid.TryWriteBytes(bytes);
            return new GrainStateKey(stateName, BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes[8..]), extension ?? "");
        }

        return grain.TryGetIntegerKey(out var number, out extension)
            ? new GrainStateKey(stateName, 0, number, extension ?? "")
            : new GrainStateKey(stateName, 0, 0, grain.Key.ToString()!);
    }
}
