using System.Collections.Immutable;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>All that a learning key knows, small enough to be written with every change. Immutable.</summary>
/// <remarks>It is what <see cref="LearningKeyFold"/> makes of the key's events; its size is bounded by the playbook and by the
/// sessions that wait, not by the sessions that ever were.</remarks>
public sealed record LearningKeyState
{
    public static LearningKeyState Empty { get; } = new();

    /// <summary>Whose state this is. Orleans' own key columns do not always tell: a key that reads as a number is stored as one.</summary>
    public string LearningKey { get; init; } = "";

    /// <summary>Sequence of the last event folded in; 0 for none.</summary>
    public long Revision { get; init; }

    /// <summary>Number of the current playbook version; 0 while there is none.</summary>
    public int Version { get; init; }

    /// <summary>When the current version became current.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>SHA-256 of what the current version says; see <see cref="PlaybookContentHash"/>.</summary>
    public string? ContentSha256 { get; init; }

    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>Sessions that were counted.</summary>
    public SessionIdSet Observed { get; init; } = SessionIdSet.Empty;

    /// <summary>Sessions that teach or have taught.</summary>
    public SessionIdSet Applied { get; init; } = SessionIdSet.Empty;

    public long SessionsObserved { get; init; }

    public long SessionsApplied { get; init; }

    /// <summary>Totals and streaks over all rewards, kept without the sessions they came from.</summary>
    public RollingHistory History { get; init; } = RollingHistory.Empty;

    /// <summary>The newest rewards, which the next session's reward is held against.</summary>
    public DriftWindow Rewards { get; init; } = DriftWindow.Empty;

    /// <summary>Sessions that wait for the next synthesis, in the order they came.</summary>
    public ImmutableArray<long> Pending { get; init; } = [];

    /// <summary>Set while the playbook may not change.</summary>
    public Freeze? Frozen { get; init; }

    /// <summary>How the last synthesis went; null before the first.</summary>
    public SynthesisReport? LastSynthesis { get; init; }

    /// <summary>Syntheses by a language model within the current hour; null before the first.</summary>
    public SynthesisBudget? Budget { get; init; }

    /// <summary>What all syntheses cost; null where none called a language model.</summary>
    public SynthesisCost? SynthesisCost { get; init; }

    /// <summary>What is known of a session; null if the journal must be asked, the session lying too far back.</summary>
    public SessionStanding? StandingOf(long sessionId) => (Observed.Contains(sessionId), Applied.Contains(sessionId)) switch
    {
        (_, true) => SessionStanding.Applied,
        (false, _) => SessionStanding.Unknown,
        (true, false) => SessionStanding.Observed,
        _ => null,
    };
}
