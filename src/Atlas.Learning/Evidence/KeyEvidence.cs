using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Evidence;

/// <summary>All trials of one learning key. Immutable; its size is bounded by the entries on trial, not by sessions.</summary>
/// <remarks>The start of a session calls <see cref="KeyDraws.DrawArms"/>, resolves the resulting version, and calls
/// <see cref="KeyDraws.DrawEntries"/>; the result is stored with the session. The end of the session calls <see cref="Count"/>; a
/// quarantine calls <see cref="Uncount"/> with the same values, and lifting it calls <see cref="Recount"/>.</remarks>
public sealed record KeyEvidence
{
    /// <summary>The number of sessions without its cue after which an entry is drawn for every session.</summary>
    public const int SessionsWithoutCue = 20;

    /// <summary>The edition by which sessions are counted now.</summary>
    public const int LatestEdition = 1;

    /// <summary>Nothing tried yet.</summary>
    public static KeyEvidence None { get; } = new();

    /// <summary>By which edition of the rules sessions are counted; a journal is folded by that of its time. 0 counts as it was done before
    /// there were editions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Edition { get; init; }

    /// <summary>Separates this key's draws from others; another salt starts other experiments.</summary>
    public string Salt { get; init; } = "1";

    /// <summary>The rewards expected of tasks.</summary>
    public TaskExpectation Expectation { get; init; } = TaskExpectation.None;

    /// <summary>The trials of entries, by id and hash.</summary>
    public ImmutableArray<EntryTrial> Entries { get; init; } = [];

    /// <summary>Whether learning helps: “shown” means that a session got a playbook.</summary>
    public TrialEvidence Learning { get; init; } = TrialEvidence.None;

    /// <summary>The version on trial; null for none.</summary>
    public CanaryTrial? Canary { get; init; }

    /// <summary>The experiment that is running or waiting to be concluded; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExperimentTrial? Experiment { get; init; }

    /// <summary>The alarm over time.</summary>
    public RegressionWatch Watch { get; init; } = RegressionWatch.Start;

    /// <summary>Returns the trial of an entry's words; null if they were never tried here.</summary>
    public EntryTrial? Find(string entry, string sha) => IndexOf(entry, sha) is >= 0 and var index ? Entries[index] : null;

    /// <summary>Starts the trial of an entry's words, as a candidate or already admitted.</summary>
    /// <param name="entry">The entry's id.</param>
    /// <param name="sha">SHA-256 of the entry as it is rendered.</param>
    /// <param name="start"><see cref="EntryTrialState.OnTrial"/> for what a model wrote, <see cref="EntryTrialState.Tolerated"/> for a person's.</param>
    /// <param name="isAdmitted">Whether sessions get it from now on; false leaves it a candidate. See <see cref="CandidateSupport"/>.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="number">The number of its trial if it has none; see <see cref="EntryTrial.Number"/>.</param>
    /// <remarks>Words that were tried before continue in their previous state. Words with a final state keep it under any id.</remarks>
    public KeyEvidence Introduce(string entry, string sha, EntryTrialState start, bool isAdmitted, EvidenceOptions options, long number = 0)
    {
        if (start is not (EntryTrialState.OnTrial or EntryTrialState.Tolerated))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "An entry must start on trial or tolerated.");
        }

        var index = IndexOf(entry, sha);
        var trial = index >= 0 ? Entries[index] : new EntryTrial
        {
            Entry = entry,
            Sha = sha,
            Start = start,
            Number = number,
            Since = Edition == 0 ? Expectation.Sessions : 0,
            State = Entries.FirstOrDefault(other => other.Sha == sha && other.State.IsFinal)?.State ?? EntryTrialState.Candidate,
        };
        return Put(isAdmitted ? trial.Admit(options) : trial);
    }

    /// <summary>Returns the key as it counts sessions by a later edition.</summary>
    public KeyEvidence In(int edition) => edition <= Edition ? this : this with
    {
        Edition = edition,

        // Edition 0 gave up looking for the cues of entries that waited, and of versions that no session got.
        Entries = [.. Entries.Select(trial => trial is { InEverySession: true, WasTried: false } ? trial with { InEverySession = false } : trial)],
    };

    /// <summary>Returns the key with a trial that comes from the archive or was changed by a person, replacing its own.</summary>
    public KeyEvidence Put(EntryTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var index = IndexOf(trial.Entry, trial.Sha);
        return this with { Entries = index >= 0 ? Entries.SetItem(index, trial) : Entries.Insert(~index, trial) };
    }

    /// <summary>Returns the key without a trial that moves to the archive.</summary>
    public KeyEvidence Rest(string entry, string sha) => IndexOf(entry, sha) is >= 0 and var index ? this with { Entries = Entries.RemoveAt(index) } : this;

    /// <summary>Returns the key after a session was quarantined, or its quarantine was lifted: whether it supports candidates.</summary>
    public KeyEvidence Reviewed(long session, bool isOut) => Entries.Any(trial => trial.Support is { } support && !ReferenceEquals(support.Reviewed(session, isOut), support))
        ? this with { Entries = [.. Entries.Select(trial => trial.Support is { } support ? trial with { Support = support.Reviewed(session, isOut) } : trial)] }
        : this;

    /// <summary>Counts a session.</summary>
    /// <param name="assignment">The assignment stored at its start.</param>
    /// <param name="session">Its number.</param>
    /// <param name="reward">See <see cref="TrialObservation.CountedReward"/>; 0 to 1.</param>
    /// <param name="options">Bounds.</param>
    public EvidenceStep Count(SessionAssignment assignment, long session, double reward, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var next = Added(assignment, session, reward, options, (trial, observation) => trial.Add(observation, options, Edition)).WithUnseenCues() with
        {
            // What a person asked to be tried says nothing about the key's usual sessions.
            Watch = assignment.Experiment is { Unusual: true } ? Watch : Watch.Add(assignment.Task, reward, session, options),
        };
        return EvidenceStep.Of(this, next, options);
    }

    /// <summary>Counts a session again that was taken out: the state is as it was before <see cref="Uncount"/>, to the last byte.</summary>
    /// <inheritdoc cref="Count"/>
    public EvidenceStep Recount(SessionAssignment assignment, long session, double reward, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return EvidenceStep.Of(this, Added(assignment, session, reward, options, (trial, observation) => trial.PutBack(observation, options)), options);
    }

    /// <summary>Removes a session that was counted with the same values. The evidence is as if it had never been counted; final states
    /// stay, and so does the alarm, which depends on the order of sessions.</summary>
    /// <inheritdoc cref="Count"/>
    public EvidenceStep Uncount(SessionAssignment assignment, long session, double reward, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var next = Apply(assignment, reward, options, -1, (evidence, observation) => evidence.Remove(observation), (trial, observation) => trial.Remove(observation, options)) with
        {
            Expectation = Expectation.Remove(assignment.Task, reward, session),
        };
        return EvidenceStep.Of(this, next, options);
    }

    private KeyEvidence Added(
        SessionAssignment assignment, long session, double reward, EvidenceOptions options, Func<EntryTrial, TrialObservation, EntryTrial> entry) =>
        Apply(assignment, reward, options, 1, (evidence, observation) => evidence.Add(observation), entry) with
        {
            Expectation = Expectation.Add(assignment.Task, reward, session),
        };

    private KeyEvidence Apply(
        SessionAssignment assignment,
        double reward,
        EvidenceOptions options,
        int sign,
        Func<TrialEvidence, TrialObservation, TrialEvidence> evidence,
        Func<EntryTrial, TrialObservation, EntryTrial> entry)
    {
        ArgumentNullException.ThrowIfNull(options);
        var entries = Entries.ToBuilder();
        var known = assignment.Entries.IsEmpty && assignment.Unseen is null ? [] : Index();
        foreach (var drawn in assignment.Entries)
        {
            if (known.TryGetValue((drawn.Entry, drawn.Sha), out var at) && entries[at].Number == drawn.Trial)
            {
                entries[at] = entry(entries[at], new(drawn.Shown, drawn.P, assignment.M, reward));
            }
        }

        UnseenCues.Count(entries, known, assignment, sign);
        var learning = assignment.Holdout is { } holdout && holdout.Salt == Salt
            ? evidence(Learning, new(holdout.Shown, holdout.P, assignment.M, reward))
            : Learning;
        var canary = assignment.Canary is { } arm && Canary is not null && arm.Salt == Canary.Salt
            ? Canary with { Evidence = evidence(Canary.Evidence, new(arm.Shown, arm.P, assignment.M, reward)) }
            : Canary;
        var experiment = assignment.Experiment is { } drawnFor && Experiment is not null && drawnFor.Salt == Experiment.Salt
            ? Experiment with { Evidence = evidence(Experiment.Evidence, new(drawnFor.Shown, drawnFor.P, assignment.M, reward)) }
            : Experiment;
        return this with { Entries = entries.DrainToImmutable(), Learning = learning, Canary = canary, Experiment = experiment };
    }

    /// <summary>Returns the position of each trial.</summary>
    internal Dictionary<(string Entry, string Sha), int> Index()
    {
        var index = new Dictionary<(string Entry, string Sha), int>(Entries.Length);
        for (var at = 0; at < Entries.Length; at++)
        {
            index[(Entries[at].Entry, Entries[at].Sha)] = at;
        }

        return index;
    }

    /// <summary>Returns the position of a trial, or the complement of its insertion point if there is none. Trials are sorted so that equal
    /// trials give equal bytes.</summary>
    private int IndexOf(string entry, string sha)
    {
        var (low, high) = (0, Entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Entries[middle].Entry, entry);
            order = order != 0 ? order : string.CompareOrdinal(Entries[middle].Sha, sha);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return ~low;
    }
}
