using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>What a learning key knows from randomised trials, and the bounds in use. Immutable.</summary>
/// <remarks>Bounded by the entries of the playbook and by <see cref="MostResting"/>, not by the number of sessions.</remarks>
public sealed record KeyTrials
{
    /// <summary>The largest number of kept trials whose entries are in no version in use; older ones are only in the journal.</summary>
    public const int MostResting = 256;

    /// <summary>The largest number of finished experiments that are shown.</summary>
    public const int MostPast = 20;

    /// <summary>The largest number of words remembered as harmful or of no use.</summary>
    public const int MostCondemned = 200;

    /// <summary>The bounds in force: those of the configuration when the key was last changed.</summary>
    [JsonConverter(typeof(EvidenceRulesJson))]
    public required EvidenceOptions Rules { get; init; }

    /// <summary>The trials.</summary>
    public KeyEvidence Evidence { get; init; } = KeyEvidence.None;

    /// <summary>The content of the parent of the version on trial; null if none is on trial.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? Parent { get; init; }

    /// <summary>The content of the version on trial if it is not the key's newest version; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? OnTrial { get; init; }

    /// <summary>The content of the first arm of an experiment with versions; null if none is running.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? FirstArm { get; init; }

    /// <summary>The content of its new arm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? NewArm { get; init; }

    /// <summary>The number of experiments ever started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ExperimentsStarted { get; init; }

    /// <summary>Finished experiments, newest last; older ones are only in the journal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ExperimentTrial>? PastExperiments { get; init; }

    /// <summary>The version that was current while the alarm learned what is usual; 0 for none yet.</summary>
    public int GoodVersion { get; init; }

    /// <summary>When the unanswered alarm was raised; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AlarmSince { get; init; }

    /// <summary>The counted sessions.</summary>
    public SessionIdSet Counted { get; init; } = SessionIdSet.Empty;

    /// <summary>Counted sessions that a quarantine took out of the evidence.</summary>
    public SessionIdSet TakenOut { get; init; } = SessionIdSet.Empty;

    /// <summary>The authors of counted sessions; null while none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AuthorCounts? Authors { get; init; }

    /// <summary>Ids of entries in good standing: proven ones, and a person's entries with nothing against them.</summary>
    [JsonIgnore]
    public ImmutableHashSet<string> Standing =>
        [.. Evidence.Entries.Where(trial => trial.State is EntryTrialState.Proven or EntryTrialState.Tolerated).Select(trial => trial.Entry)];

    /// <summary>Words that were found harmful or of no use, newest last.</summary>
    public ImmutableArray<CondemnedEntry> Condemned { get; init; } = [];

    /// <summary>The number of started trials that are only in the journal: they count when several claims are made together.</summary>
    public long RestingTried { get; init; }

    /// <summary>How often trials were begun anew or moved to the archive, since that is recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Renewals { get; init; }

    /// <summary>The number of the next trial of words that have none. Words that had one, but were forgotten here, get a higher number than
    /// before; see <see cref="EntryTrial.Number"/>.</summary>
    [JsonIgnore]
    public long NextNumber => Math.Max(Renewals, RestingTried > 0 ? 1 : 0);

    /// <summary>Creates the trials of a key before anything was tried.</summary>
    public static KeyTrials Of(EvidenceOptions rules) => new() { Rules = rules };

    /// <summary>Counts a session, if it says something.</summary>
    /// <param name="outcome">The session.</param>
    /// <param name="current">The current version.</param>
    /// <param name="isLate">Whether the session was counted before and only its reward is new.</param>
    /// <param name="before">Whether it was evidence before that; null to ask the memory of these trials.</param>
    public KeyTrials Count(SessionOutcome outcome, int current, bool isLate = false, EvidenceStanding? before = null)
    {
        if (outcome.Quarantined)
        {
            return Withheld(outcome, isLate, before);
        }

        if (Step(outcome, isLate, before) is not { Evidence: var evidence })
        {
            return this;
        }

        return this with
        {
            Evidence = evidence,
            Counted = Counted.Add(outcome.SessionId),
            Authors = outcome.Assignment?.Author is { } author ? (Authors ?? AuthorCounts.None).Add(author) : Authors,
            GoodVersion = evidence.Watch.Usual.Sessions == Evidence.Watch.Usual.Sessions ? GoodVersion : current,
        };
    }

    /// <summary>Returns the effect of a session on the trials; null if it says nothing.</summary>
    /// <param name="outcome">The session.</param>
    /// <param name="isLate">Whether the session was counted before and only its reward is new.</param>
    /// <param name="before">Whether it was evidence before that; null to ask the memory of these trials.</param>
    public EvidenceStep? Step(SessionOutcome outcome, bool isLate = false, EvidenceStanding? before = null)
    {
        if (outcome.Quarantined || Observed(outcome) is not { } reward || outcome.Assignment is not { } assignment)
        {
            return null;
        }

        return (isLate ? Before(outcome, before) : EvidenceStanding.NotCounted) switch
        {
            EvidenceStanding.NotCounted => Evidence.Count(assignment, outcome.SessionId, reward, Rules),
            EvidenceStanding.Out => null,
            _ => EvidenceStep.Of(
                Evidence,
                Evidence.Uncount(assignment, outcome.SessionId, 0, Rules).Evidence.Recount(assignment, outcome.SessionId, reward, Rules).Evidence,
                Rules),
        };
    }

    /// <summary>Returns what is known here about a session; null if it is so old that only the journal knows.</summary>
    public EvidenceStanding? StandingOf(long session) => (Counted.Contains(session), TakenOut.Contains(session)) switch
    {
        (false, _) => EvidenceStanding.NotCounted,
        (_, true) => EvidenceStanding.Out,
        (true, false) => EvidenceStanding.In,
        _ => null,
    };

    // Without a reward, only a failed session counts: as 0, which its reward then replaces. Events from before the standing was recorded
    // rely on the memory, whatever it had forgotten.
    private EvidenceStanding Before(SessionOutcome outcome, EvidenceStanding? known) => Observed(outcome with { Score = null }) is null
        ? EvidenceStanding.NotCounted
        : known ?? (Counted.Contains(outcome.SessionId) is false ? EvidenceStanding.NotCounted
            : TakenOut.Contains(outcome.SessionId) is true ? EvidenceStanding.Out
            : EvidenceStanding.In);

    /// <summary>Counts a session that was quarantined before: it is out of the evidence, and a later review puts it in.</summary>
    private KeyTrials Withheld(SessionOutcome outcome, bool isLate, EvidenceStanding? before)
    {
        if (Observed(outcome) is null || outcome.Assignment is not { } assignment)
        {
            return this;
        }

        // It was counted as failed before it was quarantined, and the key has not been told of that yet.
        var isIn = isLate && Before(outcome, before) is EvidenceStanding.In;
        return this with
        {
            Evidence = isIn ? Evidence.Uncount(assignment, outcome.SessionId, 0, Rules).Evidence : Evidence,
            Counted = Counted.Add(outcome.SessionId),
            TakenOut = TakenOut.Add(outcome.SessionId),
        };
    }

    /// <summary>Returns the reward that a session counts with; null if it says nothing.</summary>
    public static double? Observed(SessionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Assignment is null ? null : TrialObservation.CountedReward(outcome.Score, outcome.Failed || outcome.Status is SessionStatus.Failed);
    }

    /// <summary>Takes a counted session out, or puts it back.</summary>
    public KeyTrials Move(EvidenceMove move, long session)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move.Back
            ? this with { Evidence = Evidence.Recount(move.Assignment, session, move.Reward, Rules).Evidence, TakenOut = TakenOut.Remove(session) }
            : this with { Evidence = Evidence.Uncount(move.Assignment, session, move.Reward, Rules).Evidence, TakenOut = TakenOut.Add(session) };
    }

    /// <summary>Adds the entries of a new version.</summary>
    public KeyTrials Introduce(IEnumerable<EntryIntroduction> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var evidence = Evidence;
        foreach (var entry in entries)
        {
            evidence = evidence.Introduce(entry.Entry, entry.Sha, entry.Start, entry.Admitted, Rules, entry.Trial);
            if (entry.SupportOf() is { } support && evidence.Find(entry.Entry, entry.Sha) is { State: EntryTrialState.Candidate } candidate)
            {
                evidence = evidence.Put(candidate with { Support = support });
            }
        }

        return this with { Evidence = evidence };
    }

    /// <summary>Removes the trials that move to the archive.</summary>
    public KeyTrials Rest(ImmutableArray<EntryTrial> trials)
    {
        var evidence = Evidence;
        foreach (var trial in trials)
        {
            evidence = evidence.Rest(trial.Entry, trial.Sha);
        }

        return this with { Evidence = evidence, RestingTried = RestingTried + trials.Count(trial => trial.WasTried) };
    }

    /// <summary>Records words that are newly condemned, or no longer condemned.</summary>
    public KeyTrials Judge(ImmutableArray<EntryJudgement> changes, DateTimeOffset at)
    {
        var condemned = Condemned.RemoveAll(known => changes.Any(change => change.Change.Entry == known.Entry && change.Change.Sha == known.Sha))
            .AddRange(changes.Where(change => change.Change.To.IsFinal).Select(change => new CondemnedEntry(change.Change.Entry, change.Change.Sha, change.Words, change.Change.To, at)));
        return this with { Condemned = condemned.Length <= MostCondemned ? condemned : condemned[^MostCondemned..] };
    }

    /// <summary>Answers the alarm: what is usual is learned again.</summary>
    public KeyTrials Answered() => AlarmSince is null && !Evidence.Watch.IsRaised ? this : this with
    {
        AlarmSince = null,
        Evidence = Evidence with { Watch = Evidence.Watch.IsClosed ? Evidence.Watch with { IsRaised = false } : RegressionWatch.Start },
    };

    /// <summary>Removes the version on trial.</summary>
    public KeyTrials WithoutCanary() => Evidence.Canary is null ? this : this with { Evidence = Evidence with { Canary = null }, Parent = null, OnTrial = null };
}
