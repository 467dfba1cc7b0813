using Atlas.Grains.LearningKeys;
using Atlas.Storage.GrainStates;

namespace Atlas.Hosting.Persistence;

/// <summary>Maps a grain to the row of its state.</summary>
/// <remarks>The ADO.NET provider of Orleans puts a key that parses as a number or a GUID into number columns, where <c>7</c> and <c>007</c>,
/// or <c>cafe</c> and <c>CAFE</c>, share a row. Learning keys are distinguished exactly, so they are always stored as text; the states of
/// other grains are where that provider keeps them.</remarks>
internal static class GrainStateKeys
{
    /// <summary>Prefixes a key that the provider must treat as text. Its statements remove the prefix again. No learning key contains it.</summary>
    private const char TextMark = '\u0001';

    public static GrainStateKey Of(string stateName, GrainId grain)
    {
        if (IsExact(stateName))
        {
            return new GrainStateKey(stateName, 0, 0, grain.Key.ToString()!);
        }

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

    /// <summary>Returns the grain id to pass to the Orleans provider so that it finds the same row.</summary>
    public static GrainId ForProvider(string stateName, GrainId grain) =>
        IsExact(stateName) ? GrainId.Create(grain.Type, TextMark + grain.Key.ToString()) : grain;

    private static bool IsExact(string stateName) => stateName == LearningKeyStorage.State;
}
