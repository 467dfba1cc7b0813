using System.Text.Json.Serialization;
using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>A new version of the playbook was made; it is current unless the key is staged or pinned. Versions are never changed afterwards.</summary>
public sealed record PlaybookChanged : LearningKeyEvent
{
    public required int Version { get; init; }

    /// <summary>The version that was the newest before; 0 for none.</summary>
    public int ParentVersion { get; init; }

    public required PlaybookCause Cause { get; init; }

    public string? Reason { get; init; }

    /// <summary>The sessions it was learned from: everything the synthesizer was shown. Empty for a person's change.</summary>
    public ImmutableArray<long> SessionIds { get; init; } = [];

    public string? StudentSha256 { get; init; }

    public string? TeacherSha256 { get; init; }

    public required string ContentSha256 { get; init; }

    [JsonConverter(typeof(LearnedPlaybookJson))]
    public required LearnedPlaybook Playbook { get; init; }

    /// <summary>What goes on trial with it; null if nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VersionTrials? Trials { get; init; }

    /// <summary>The entries that it merged or separated; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryMerger? Merger { get; init; }
}
