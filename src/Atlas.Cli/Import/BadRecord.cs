using System.Text.Json.Serialization;

namespace Atlas.Cli.Import;

/// <summary>A record that was not imported.</summary>
/// <param name="Index">Its place in the source, from 0.</param>
/// <param name="Reason">The reason, as a sentence.</param>
/// <param name="Line">The line of its file on which it begins, from 1; null if unknown.</param>
internal sealed record BadRecord(
    int Index, string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Line = null);
