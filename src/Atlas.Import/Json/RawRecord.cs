namespace Atlas.Import.Json;

/// <summary>A piece that a <see cref="RecordSplitter"/> cut out of a text.</summary>
/// <param name="Kind">The kind of piece.</param>
/// <param name="Bytes">The JSON text of a record or a head; empty for a fault.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Column">The byte of that line on which it begins, from 1.</param>
/// <param name="Offset">Its offset in the source, in bytes.</param>
/// <param name="Fault">What is wrong, as a sentence; null if nothing is.</param>
internal sealed record RawRecord(RawKind Kind, ReadOnlyMemory<byte> Bytes, long Line, long Column, long Offset, string? Fault = null);

internal enum RawKind
{
    /// <summary>A record.</summary>
    Record,

    /// <summary>The part of an object before its list of records.</summary>
    Head,

    /// <summary>A record that could not be cut out; others follow.</summary>
    Fault,

    /// <summary>The end: nothing after this can be read.</summary>
    End,
}
