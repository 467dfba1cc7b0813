using System.Text.Json.Serialization;
using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
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

    /// <summary>Number of the newest playbook version; 0 while there is none. It is current unless <see cref="Served"/> is.</summary>
    public int Version { get; init; }

    /// <summary>When the newest version was made.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>SHA-256 of what the newest version says; see <see cref="PlaybookContentHash"/>.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>What the newest version says: the end of the one chain that every synthesis goes on from.</summary>
    [JsonConverter(typeof(LearnedPlaybookJson))]
    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>What sessions are given instead of the newest version; null if that is what they get.</summary>
    /// <remarks>See <see cref="CurrentPlaybook"/>.</remarks>
    public ServedPlaybook? Served { get; init; }

    /// <summary>What was said of this key about staging; null if the configuration decides.</summary>
    public Staging? Staging { get; init; }

    /// <summary>Set while the key is pinned; <see cref="Served"/> is that version then.</summary>
    public Pin? Pinned { get; init; }

    /// <summary>Sessions that were counted.</summary>
    public SessionIdSet Observed { get; init; } = SessionIdSet.Empty;

    /// <summary>Sessions that teach or have taught.</summary>
    public SessionIdSet Applied { get; init; } = SessionIdSet.Empty;

    /// <summary>Sessions whose reward came after their end and was counted; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionIdSet? LateRewards { get; init; }

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
    public TokenUsage? SynthesisCost { get; init; }

    /// <summary>What is known from withholding at random; null while nothing was tried, as in every state from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyTrials? Trials { get; init; }

    /// <summary>Sessions that were forgotten; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyForgetting? Forgetting { get; init; }

    /// <summary>Whether a session was forgotten here: nothing of it is counted any more.</summary>
    public bool HasForgotten(long sessionId) => Forgetting?.Sessions.Contains(sessionId) is true;

    /// <summary>Whether the reward that came after the end of a session was counted; null if the journal must be asked.</summary>
    public bool? HasLateReward(long sessionId) => LateRewards is { } known ? known.Contains(sessionId) : false;

    /// <summary>What is known of a session; null if the journal must be asked, the session lying too far back.</summary>
    public SessionStanding? StandingOf(long sessionId) => (Observed.Contains(sessionId), Applied.Contains(sessionId)) switch
    {
        (_, true) => SessionStanding.Applied,
        (false, _) => SessionStanding.Unknown,
        (true, false) => SessionStanding.Observed,
        _ => null,
    };
}
