using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Sessions are given this version until further notice, whatever else is learned.</summary>
public sealed record VersionPinned : LearningKeyEvent
{
    public required int Version { get; init; }

    /// <summary>When the version was made; null for version 0.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    [JsonConverter(typeof(LearnedPlaybookJson))]
    public required LearnedPlaybook Playbook { get; init; }

    public string? Reason { get; init; }
}
