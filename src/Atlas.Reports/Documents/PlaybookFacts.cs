using Atlas.Learning.Journal;
using Atlas.Learning.Rewards;
using System.Collections.Immutable;
using Atlas.Domain.Playbooks;

namespace Atlas.Reports.Documents;

/// <summary>What a report needs to know about a key's playbook.</summary>
public sealed record PlaybookFacts
{
    /// <summary>The current playbook; <see cref="LearnedPlaybook.Empty"/> if nothing was learned.</summary>
    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>What its trials have found; null if nothing was tried.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>What is known about the judge; null if it was asked about no past session again.</summary>
    public JudgeReport? Judge { get; init; }

    /// <summary>Its versions, oldest first, without their <see cref="VersionMark.SessionsBefore"/>.</summary>
    public ImmutableArray<VersionMark> Versions { get; init; } = [];
}
