using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>A version of a staged key became the one that sessions are given.</summary>
public sealed record VersionPromoted : LearningKeyEvent
{
    public required int Version { get; init; }

    /// <summary>The version that sessions were given before; null if nothing reached the prompts.</summary>
    public int? Before { get; init; }

    /// <summary>When the version was made; null for version 0.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    [JsonConverter(typeof(LearnedPlaybookJson))]
    public required LearnedPlaybook Playbook { get; init; }

    public string? Reason { get; init; }
}
