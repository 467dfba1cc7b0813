using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Pruning;

/// <summary>The trace of a removed entry. On the wire: an item of <c>metadata.pruned_entries</c>.</summary>
/// <param name="Id">The entry's id, or the one derived from it.</param>
/// <param name="Reason">One of <see cref="PruneReason"/>.</param>
/// <param name="PrunedAt">ISO 8601, UTC.</param>
/// <param name="Imperative">What it told agents to do, so that the synthesizer knows what did not help.</param>
/// <param name="Impact">The impact that was observed.</param>
public sealed record PrunedEntry(string Id, string Reason, string PrunedAt, string Imperative, EntryImpact Impact)
{
    /// <summary>The argument against it; null if its figures alone decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
