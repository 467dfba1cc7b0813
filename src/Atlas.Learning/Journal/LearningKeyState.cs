using System.Text.Json.Serialization;
using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Everything that a learning key knows, small enough to write with every change. Immutable.</summary>
/// <remarks><see cref="LearningKeyFold"/> computes it from the key's events. Its size is bounded by the playbook, not by the number of
/// sessions.</remarks>
public sealed record LearningKeyState
{
    /// <summary>The largest number of waiting sessions that are known by their ids: several times of what a synthesizer looks at.</summary>
    public const int MostPending = 1000;

    public static LearningKeyState Empty { get; } = new();

    /// <summary>The key of this state. Orleans' own key columns are not always enough: a key that looks like a number is stored as
    /// one.</summary>
    public string LearningKey { get; init; } = "";

    /// <summary>Sequence of the last applied event; 0 for none.</summary>
    public long Revision { get; init; }

    /// <summary>Number of the newest playbook version; 0 while there is none. It is current unless <see cref="Served"/> is set.</summary>
    public int Version { get; init; }

    /// <summary>When the newest version was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>SHA-256 of the content of the newest version; see <see cref="PlaybookContentHash"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentSha256 { get; init; }

    /// <summary>The content of the newest version, on which every synthesis builds.</summary>
    [JsonConverter(typeof(LearnedPlaybookJson))]
    public LearnedPlaybook Playbook { get; init; } = LearnedPlaybook.Empty;

    /// <summary>What sessions get instead of the newest version; null if they get the newest one.</summary>
    /// <remarks>See <see cref="CurrentPlaybook"/>.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? Served { get; init; }

    /// <summary>The staging set for this key; null if the configuration decides.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Staging? Staging { get; init; }

    /// <summary>Set while the key is pinned; <see cref="Served"/> is then that version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pin? Pinned { get; init; }

    /// <summary>The counted sessions.</summary>
    public SessionIdSet Observed { get; init; } = SessionIdSet.Empty;

    /// <summary>Sessions that teach or have taught.</summary>
    public SessionIdSet Applied { get; init; } = SessionIdSet.Empty;

    /// <summary>Sessions whose reward arrived after their end and was counted; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionIdSet? LateRewards { get; init; }

    public long SessionsObserved { get; init; }

    public long SessionsApplied { get; init; }

    /// <summary>Totals and streaks over all rewards, kept without the sessions they came from.</summary>
    public RollingHistory History { get; init; } = RollingHistory.Empty;

    /// <summary>The newest rewards, with which the next session's reward is compared.</summary>
    public DriftWindow Rewards { get; init; } = DriftWindow.Empty;

    /// <summary>Sessions that wait for the next synthesis, in the order of arrival; the newest if there are too many.</summary>
    public ImmutableArray<long> Pending { get; init; } = [];

    /// <summary>How many older sessions wait besides <see cref="Pending"/>. A synthesizer would not look at them any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MorePending { get; init; }

    /// <summary>Set while the playbook is frozen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Freeze? Frozen { get; init; }

    /// <summary>The result of the last synthesis; null before the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SynthesisReport? LastSynthesis { get; init; }

    /// <summary>Syntheses by a language model within the current hour; null before the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SynthesisBudget? Budget { get; init; }

    /// <summary>The cost of all syntheses; null if none called a language model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? SynthesisCost { get; init; }

    /// <summary>When all sessions began to get a version that only some got before; null if that never began an epoch.</summary>
    /// <remarks>See <see cref="PublishingEpoch"/>.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EpochSince { get; init; }

    /// <summary>What is known from randomised trials; null while nothing was tried, as in older states.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyTrials? Trials { get; init; }

    /// <summary>Entries of the newest version that say the same or contradict each other; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<EntryPair>? Pairs { get; init; }

    /// <summary>The newest version whose entries were compared with each other; 0 for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ComparedVersion { get; init; }

    /// <summary>Entries that were merged into others, the newest last; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<MergedEntry>? Merged { get; init; }

    /// <summary>Sessions that were forgotten; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeyForgetting? Forgetting { get; init; }

    /// <summary>Whether a session was forgotten here and must not be counted again.</summary>
    public bool HasForgotten(long sessionId) => Forgetting?.Sessions.Contains(sessionId) is true;

    /// <summary>The version in force: the promoted or pinned one, or the newest that sessions get without waiting for a trial.</summary>
    /// <remarks>On a staged key, it may not reach prompts; see <see cref="CurrentPlaybook"/>.</remarks>
    [JsonIgnore]
    public ServedPlaybook InForce => Served ?? Trials?.OnTrial ?? new ServedPlaybook(Version, UpdatedAt, Playbook);

    /// <summary>The number of sessions that wait for the next synthesis.</summary>
    [JsonIgnore]
    public long Waiting => Pending.Length + MorePending;

    /// <summary>The bound that an event records by which another session begins to wait; 0 while it is not reached.</summary>
    [JsonIgnore]
    public int PendingLimit => Pending.Length < MostPending ? 0 : MostPending;

    /// <summary>Whether the late reward of a session was counted; null if only the journal knows.</summary>
    public bool? HasLateReward(long sessionId) => LateRewards is { } known ? known.Contains(sessionId) : false;

    /// <summary>Returns what is known about a session; null if the session is so old that only the journal knows.</summary>
    public SessionStanding? StandingOf(long sessionId) => (Observed.Contains(sessionId), Applied.Contains(sessionId)) switch
    {
        (_, true) => SessionStanding.Applied,
        (false, _) => SessionStanding.Unknown,
        (true, false) => SessionStanding.Observed,
        _ => null,
    };
}
