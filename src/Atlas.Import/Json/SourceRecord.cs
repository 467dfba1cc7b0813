using System.Text.Json;

namespace Atlas.Import.Json;

/// <summary>A record, ready to be read.</summary>
/// <param name="Element">The record's JSON.</param>
/// <param name="Head">The part of the enclosing object before its list of records; undefined if there is no such object.</param>
/// <param name="Index">Its place in the source, from 0.</param>
/// <param name="File">The path of its file; empty for a stream.</param>
internal readonly record struct SourceRecord(JsonElement Element, JsonElement Head, int Index, string File);
