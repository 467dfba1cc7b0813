using Atlas.Learning.Journal;
using System.Collections.Immutable;
using Atlas.Domain.Playbooks;

namespace Atlas.Reports.Documents;

/// <summary>What a report needs to know of a key's playbook.</summary>
public sealed record PlaybookFacts
{
    /// <summary>The current playbook; <see cref="LearnedPlaybook.Empty"/> if nothing was learned.</summary>
    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>What its trials have found; null if it has tried nothing.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>Its versions, the oldest first; their <see cref="VersionMark.SessionsBefore"/> is not known yet.</summary>
    public ImmutableArray<VersionMark> Versions { get; init; } = [];
}
