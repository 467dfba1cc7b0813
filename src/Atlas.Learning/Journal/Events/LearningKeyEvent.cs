using System.Text.Json.Serialization;

namespace Atlas.Learning.Journal;

/// <summary>Something that happened to a learning key. The journal keeps all of them; folding them gives the key's state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionObserved), "session_observed")]
[JsonDerivedType(typeof(SessionRewarded), "session_rewarded")]
[JsonDerivedType(typeof(SessionReviewed), "session_reviewed")]
[JsonDerivedType(typeof(PlaybookChanged), "playbook_changed")]
[JsonDerivedType(typeof(EvidenceRulesSet), "evidence_rules_set")]
[JsonDerivedType(typeof(EntriesJudged), "entries_judged")]
[JsonDerivedType(typeof(EntryStandingSet), "entry_standing_set")]
[JsonDerivedType(typeof(CanaryConcluded), "canary_concluded")]
[JsonDerivedType(typeof(AlarmRaised), "alarm_raised")]
[JsonDerivedType(typeof(AlarmClosed), "alarm_closed")]
[JsonDerivedType(typeof(CanaryBegun), "canary_begun")]
[JsonDerivedType(typeof(ExperimentStarted), "experiment_started")]
[JsonDerivedType(typeof(ExperimentDecided), "experiment_decided")]
[JsonDerivedType(typeof(ExperimentEnded), "experiment_ended")]
[JsonDerivedType(typeof(EntriesCompared), "entries_compared")]
[JsonDerivedType(typeof(SynthesisConcluded), "synthesis_concluded")]
[JsonDerivedType(typeof(SynthesisFailed), "synthesis_failed")]
[JsonDerivedType(typeof(KeyFrozen), "key_frozen")]
[JsonDerivedType(typeof(KeyUnfrozen), "key_unfrozen")]
[JsonDerivedType(typeof(KeyStaged), "key_staged")]
[JsonDerivedType(typeof(KeyUnstaged), "key_unstaged")]
[JsonDerivedType(typeof(VersionPromoted), "version_promoted")]
[JsonDerivedType(typeof(VersionPinned), "version_pinned")]
[JsonDerivedType(typeof(VersionUnpinned), "version_unpinned")]
[JsonDerivedType(typeof(SessionsForgotten), "sessions_forgotten")]
[JsonDerivedType(typeof(EventForgotten), "event_forgotten")]
public abstract record LearningKeyEvent
{
    /// <summary>1, 2, 3 … without gaps within a key.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The person or program behind it.</summary>
    public required string Author { get; init; }

    /// <summary>The id of the change it belongs to, if its author gave one: the journal accepts each id once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OperationId { get; init; }
}
