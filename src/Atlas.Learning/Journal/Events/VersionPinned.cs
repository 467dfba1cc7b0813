using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>The key was pinned: sessions get this version until it is unpinned, whatever is learned meanwhile.</summary>
public sealed record VersionPinned : LearningKeyEvent
{
    public required int Version { get; init; }

    /// <summary>When the version was made; null for version 0.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    [JsonConverter(typeof(LearnedPlaybookJson))]
    public required LearnedPlaybook Playbook { get; init; }

    public string? Reason { get; init; }
}
