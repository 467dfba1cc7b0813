using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>The trial of one entry's words under one learning key. Immutable.</summary>
/// <remarks>Evidence belongs to the words: the same id with other words is another trial, and words that come back find theirs again.</remarks>
public sealed record EntryTrial
{
    /// <summary>The entry's id.</summary>
    public required string Entry { get; init; }

    /// <summary>SHA-256 of the entry as it is rendered, in lower-case hex.</summary>
    public required string Sha { get; init; }

    public EntryTrialState State { get; init; } = EntryTrialState.Candidate;

    /// <summary>Where it stands while nothing is found: <see cref="EntryTrialState.OnTrial"/>, or <see cref="EntryTrialState.Tolerated"/> for
    /// what a person wrote.</summary>
    public EntryTrialState Start { get; init; } = EntryTrialState.OnTrial;

    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>Sessions that the key had counted when the entry came.</summary>
    public long Since { get; init; }

    /// <summary>Whether it is drawn for every session, because its cue never showed in the text of a task.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InEverySession { get; init; }

    /// <summary>The sessions that support a candidate; null where none were named, and once it is on trial.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CandidateSupport? Support { get; init; }

    /// <summary>Whether any session was drawn for it: such trials, final ones included, are all counted where several are claimed at once.</summary>
    [JsonIgnore]
    public bool WasTried => Evidence.Sessions > 0;

    /// <summary>The candidate put on trial; any other state stays.</summary>
    public EntryTrial Admit(EvidenceOptions options) =>
        State is EntryTrialState.Candidate ? this with { State = Start.After(EvidenceFindings.Deciding(Evidence, options), Start), Support = null } : this;

    /// <summary>With one session more.</summary>
    public EntryTrial Add(TrialObservation observation, EvidenceOptions options)
    {
        var evidence = Evidence.Add(observation);
        return this with { Evidence = evidence, State = State.After(EvidenceFindings.Deciding(evidence, options), Start) };
    }

    /// <summary>Without a session. The evidence is as if it had never been; a final state stays, until a person puts the entry on trial again.</summary>
    public EntryTrial Remove(TrialObservation observation, EvidenceOptions options) => Revised(Evidence.Remove(observation), options);

    /// <summary>With a session that was taken out.</summary>
    public EntryTrial PutBack(TrialObservation observation, EvidenceOptions options) => Revised(Evidence.Add(observation), options);

    /// <summary>Nothing becomes final by a choice of sessions, or taking some out and putting them back could leave a trace: where the rest
    /// condemns the entry, it is suspect, and the next session that is counted decides.</summary>
    private EntryTrial Revised(TrialEvidence evidence, EvidenceOptions options)
    {
        var state = State.IsFinal ? State : State.After(EvidenceFindings.Deciding(evidence, options), Start);
        return this with { Evidence = evidence, State = state.IsFinal && !State.IsFinal ? EntryTrialState.Suspect : state };
    }
}
