using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>The trial of one entry's words under one learning key. Immutable.</summary>
/// <remarks>Evidence belongs to the words: the same id with other words is another trial, and words that return find their evidence
/// again.</remarks>
public sealed record EntryTrial
{
    /// <summary>The entry's id.</summary>
    public required string Entry { get; init; }

    /// <summary>SHA-256 of the entry as it is rendered, in lower-case hex.</summary>
    public required string Sha { get; init; }

    public EntryTrialState State { get; init; } = EntryTrialState.Candidate;

    /// <summary>The state while there is no finding: <see cref="EntryTrialState.OnTrial"/>, or <see cref="EntryTrialState.Tolerated"/> for
    /// what a person wrote.</summary>
    public EntryTrialState Start { get; init; } = EntryTrialState.OnTrial;

    [JsonIgnore]
    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    // Most entries of a large playbook are waiting for their first draw, and a state is written with every session.
    [JsonInclude, JsonPropertyName("evidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal TrialEvidence? StoredEvidence
    {
        get => Evidence == TrialEvidence.None ? null : Evidence;
        init => Evidence = value ?? TrialEvidence.None;
    }

    /// <summary>The number of the trial: 0, or a higher one if these words were tried before and their trial was begun anew. Sessions drawn
    /// in an earlier trial change nothing here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Number { get; init; }

    /// <summary>The number of sessions that the key had counted when the entry was added; only in keys of
    /// <see cref="KeyEvidence.Edition"/> 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Since { get; init; }

    /// <summary>The number of counted sessions in whose task its cue was looked for before its first draw, and did not show.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Unseen { get; init; }

    /// <summary>Whether the entry is drawn for every session because its cue never matched the text of a task.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InEverySession { get; init; }

    /// <summary>The sessions that support a candidate; null if none were named, and once it is on trial.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CandidateSupport? Support { get; init; }

    /// <summary>Whether a session was ever drawn for it. All such trials, including final ones, count when several claims are made
    /// together.</summary>
    [JsonIgnore]
    public bool WasTried => Evidence.Sessions > 0;

    /// <summary>Puts a candidate on trial; any other state stays.</summary>
    public EntryTrial Admit(EvidenceOptions options) =>
        State is EntryTrialState.Candidate ? this with { State = Start.After(EvidenceFindings.Deciding(Evidence, options), Start), Support = null } : this;

    /// <summary>Returns the trial with one more session.</summary>
    /// <param name="observation">The session.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="edition">See <see cref="KeyEvidence.Edition"/>; 0 repeats the last look at an entry that was retired.</param>
    public EntryTrial Add(TrialObservation observation, EvidenceOptions options, int edition = KeyEvidence.LatestEdition)
    {
        var evidence = Evidence.Add(observation);
        var finding = edition > 0 && State is EntryTrialState.Retired ? EvidenceFindings.AfterLastLook(evidence, options) : EvidenceFindings.Deciding(evidence, options);
        return this with { Evidence = evidence, State = State.After(finding, Start) };
    }

    /// <summary>Returns the trial without a session. The evidence is as if the session had never been counted; a final state stays until a
    /// person puts the entry on trial again.</summary>
    public EntryTrial Remove(TrialObservation observation, EvidenceOptions options) => Revised(Evidence.Remove(observation), options);

    /// <summary>Returns the trial with a session that was taken out.</summary>
    public EntryTrial PutBack(TrialObservation observation, EvidenceOptions options) => Revised(Evidence.Add(observation), options);

    /// <summary>Taking sessions out must not make a state final, otherwise taking out and putting back could leave a trace. If the
    /// remaining evidence condemns the entry, it becomes suspect, and the next counted session decides.</summary>
    private EntryTrial Revised(TrialEvidence evidence, EvidenceOptions options)
    {
        var state = State.IsFinal ? State : State.After(EvidenceFindings.Deciding(evidence, options), Start);
        return this with { Evidence = evidence, State = state.IsFinal && !State.IsFinal ? EntryTrialState.Suspect : state };
    }
}
