using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>A version of a staged key was promoted: sessions get it from now on.</summary>
public sealed record VersionPromoted : LearningKeyEvent
{
    public required int Version { get; init; }

    /// <summary>The version that sessions got before; null if none reached prompts.</summary>
    public int? Before { get; init; }

    /// <summary>When the version was made; null for version 0.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    [JsonConverter(typeof(LearnedPlaybookJson))]
    public required LearnedPlaybook Playbook { get; init; }

    public string? Reason { get; init; }
}
