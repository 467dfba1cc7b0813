using System.Collections.Immutable;
using Atlas.Learning.Playbooks;

namespace Atlas.Reports.Documents;

/// <summary>What a report needs to know of a key's playbook.</summary>
public sealed record PlaybookFacts
{
    /// <summary>The current playbook; <see cref="LearnedPlaybook.Empty"/> if nothing was learned.</summary>
    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>Its versions, the oldest first; their <see cref="VersionMark.SessionsBefore"/> is not known yet.</summary>
    public ImmutableArray<VersionMark> Versions { get; init; } = [];
}
