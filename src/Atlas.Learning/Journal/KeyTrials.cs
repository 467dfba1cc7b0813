using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>What a learning key knows from withholding at random, and the bounds it was found with. Immutable.</summary>
/// <remarks>Bounded by the entries of the playbook and by <see cref="MostResting"/>, not by sessions.</remarks>
public sealed record KeyTrials
{
    /// <summary>Trials of entries that no version in use has any more, which are kept here; older ones rest in the journal alone.</summary>
    public const int MostResting = 256;

    /// <summary>Experiments that are over and still shown.</summary>
    public const int MostPast = 20;

    /// <summary>Words that are remembered as harmful or of no use.</summary>
    public const int MostCondemned = 200;

    /// <summary>The bounds in force: those of the configuration when the key was last changed.</summary>
    public required EvidenceOptions Rules { get; init; }

    /// <summary>The trials.</summary>
    public KeyEvidence Evidence { get; init; } = KeyEvidence.None;

    /// <summary>What the parent of the version on trial says; null while none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? Parent { get; init; }

    /// <summary>What the version on trial says, where the key's newest version is another; null else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? OnTrial { get; init; }

    /// <summary>What the first arm of an experiment with versions says; null while none runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? FirstArm { get; init; }

    /// <summary>What its new arm says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? NewArm { get; init; }

    /// <summary>Experiments that were started, ever.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ExperimentsStarted { get; init; }

    /// <summary>Experiments that are over, the newest last; older ones rest in the journal alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ExperimentTrial>? PastExperiments { get; init; }

    /// <summary>The version that was current while the alarm learned what is usual; 0 for none yet.</summary>
    public int GoodVersion { get; init; }

    /// <summary>The alarm that has not been answered yet; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AlarmSince { get; init; }

    /// <summary>Sessions that were counted.</summary>
    public SessionIdSet Counted { get; init; } = SessionIdSet.Empty;

    /// <summary>Counted sessions that a person's quarantine took out of the evidence.</summary>
    public SessionIdSet TakenOut { get; init; } = SessionIdSet.Empty;

    /// <summary>Words that were found to be harmful or of no use, the newest last.</summary>
    public ImmutableArray<CondemnedEntry> Condemned { get; init; } = [];

    /// <summary>Trials that were begun and rest in the journal now: they count where several claims are made at once.</summary>
    public long RestingTried { get; init; }

    /// <summary>How the key stood before anything was tried.</summary>
    public static KeyTrials Of(EvidenceOptions rules) => new() { Rules = rules };

    /// <summary>The trials with a session counted, if it says something.</summary>
    /// <param name="outcome">The session.</param>
    /// <param name="current">The version that is current.</param>
    /// <param name="isLate">Whether the session was counted before and only its reward is new.</param>
    public KeyTrials Count(SessionOutcome outcome, int current, bool isLate = false)
    {
        if (Step(outcome, isLate) is not { Evidence: var evidence })
        {
            return this;
        }

        return this with
        {
            Evidence = evidence,
            Counted = Counted.Add(outcome.SessionId),
            GoodVersion = evidence.Watch.Usual.Sessions == Evidence.Watch.Usual.Sessions ? GoodVersion : current,
        };
    }

    /// <summary>What a session does to the trials; null if it says nothing.</summary>
    /// <param name="outcome">The session.</param>
    /// <param name="isLate">Whether the session was counted before and only its reward is new.</param>
    public EvidenceStep? Step(SessionOutcome outcome, bool isLate = false)
    {
        if (Observed(outcome) is not { } reward || outcome.Assignment is not { } assignment)
        {
            return null;
        }

        // One that failed has counted as 0 already, unless nothing was tried then; its reward takes the place of that.
        if (!isLate || Observed(outcome with { Score = null }) is not { } before || Counted.Contains(outcome.SessionId) is false)
        {
            return Evidence.Count(assignment, outcome.SessionId, reward, Rules);
        }

        return TakenOut.Contains(outcome.SessionId) is true
            ? null
            : EvidenceStep.Of(
                Evidence,
                Evidence.Uncount(assignment, outcome.SessionId, before, Rules).Evidence.Recount(assignment, outcome.SessionId, reward, Rules).Evidence,
                Rules);
    }

    /// <summary>The reward that a session counts with; null if it says nothing.</summary>
    public static double? Observed(SessionOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Assignment is null ? null : TrialObservation.CountedReward(outcome.Score, outcome.Failed || outcome.Status is SessionStatus.Failed);
    }

    /// <summary>The trials without a session that was counted, or with it again.</summary>
    public KeyTrials Move(EvidenceMove move, long session)
    {
        ArgumentNullException.ThrowIfNull(move);
        return move.Back
            ? this with { Evidence = Evidence.Recount(move.Assignment, session, move.Reward, Rules).Evidence, TakenOut = TakenOut.Remove(session) }
            : this with { Evidence = Evidence.Uncount(move.Assignment, session, move.Reward, Rules).Evidence, TakenOut = TakenOut.Add(session) };
    }

    /// <summary>The trials with the entries that a version brings.</summary>
    public KeyTrials Introduce(IEnumerable<EntryIntroduction> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var evidence = Evidence;
        foreach (var entry in entries)
        {
            evidence = evidence.Introduce(entry.Entry, entry.Sha, entry.Start, entry.Admitted, Rules);
            if (!entry.Support.IsDefaultOrEmpty && evidence.Find(entry.Entry, entry.Sha) is { State: EntryTrialState.Candidate } candidate)
            {
                evidence = evidence.Put(candidate with { Support = new CandidateSupport { Tasks = entry.Support } });
            }
        }

        return this with { Evidence = evidence };
    }

    /// <summary>The trials without those that rest from now on.</summary>
    public KeyTrials Rest(ImmutableArray<EntryTrial> trials)
    {
        var evidence = Evidence;
        foreach (var trial in trials)
        {
            evidence = evidence.Rest(trial.Entry, trial.Sha);
        }

        return this with { Evidence = evidence, RestingTried = RestingTried + trials.Count(trial => trial.WasTried) };
    }

    /// <summary>The trials with words that were condemned, or are no longer.</summary>
    public KeyTrials Judge(ImmutableArray<EntryJudgement> changes, DateTimeOffset at)
    {
        var condemned = Condemned.RemoveAll(known => changes.Any(change => change.Change.Entry == known.Entry && change.Change.Sha == known.Sha))
            .AddRange(changes.Where(change => change.Change.To.IsFinal).Select(change => new CondemnedEntry(change.Change.Entry, change.Change.Sha, change.Words, change.Change.To, at)));
        return this with { Condemned = condemned.Length <= MostCondemned ? condemned : condemned[^MostCondemned..] };
    }

    /// <summary>The trials of a key whose alarm somebody or something has answered: what is usual is learned anew.</summary>
    public KeyTrials Answered() => AlarmSince is null && !Evidence.Watch.IsRaised ? this : this with { AlarmSince = null, Evidence = Evidence with { Watch = RegressionWatch.Start } };

    /// <summary>The trials without a version on trial.</summary>
    public KeyTrials WithoutCanary() => Evidence.Canary is null ? this : this with { Evidence = Evidence with { Canary = null }, Parent = null, OnTrial = null };
}

/// <summary>Words that nobody is given any more.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Words">The words, as they were rendered.</param>
/// <param name="State"><see cref="EntryTrialState.Withdrawn"/> or <see cref="EntryTrialState.Retired"/>.</param>
/// <param name="At">Since when.</param>
public sealed record CondemnedEntry(string Entry, string Sha, string Words, EntryTrialState State, DateTimeOffset At);

/// <summary>An entry that a version brings.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Start">Where it stands while nothing is found.</param>
/// <param name="Admitted">Whether sessions are given it.</param>
/// <param name="Support">The tasks whose sessions support it, of a candidate.</param>
public sealed record EntryIntroduction(
    string Entry,
    string Sha,
    EntryTrialState Start,
    bool Admitted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<string> Support = default);

/// <summary>A session that is taken out of the evidence, or put back.</summary>
/// <param name="Assignment">What was drawn for it.</param>
/// <param name="Reward">What it was counted with, 0 to 1.</param>
/// <param name="Back">True: it is put back.</param>
public sealed record EvidenceMove(SessionAssignment Assignment, double Reward, bool Back);

/// <summary>An entry that stands elsewhere, with its words.</summary>
/// <param name="Change">What changed.</param>
/// <param name="Words">The words as they are rendered; empty if no version in use has them.</param>
public sealed record EntryJudgement(StandingChange Change, string Words);
