using Atlas.Domain;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>Applies trial events to a key's trials; see <see cref="LearningKeyFold"/>.</summary>
internal static class TrialFold
{
    public static KeyTrials Rule(KeyTrials trials, EvidenceRulesSet set) =>
        (trials with { Rules = set.Rules, Evidence = trials.Evidence.In(set.Edition) }).Introduce(set.Entries);

    public static KeyTrials Change(KeyTrials trials, LearningKeyState state, PlaybookChanged changed)
    {
        if (changed.Trials is not { } brought)
        {
            return trials.Answered().WithoutCanary();
        }

        var next = trials.Answered().Introduce(brought.Entries).Rest(brought.Resting) with { Renewals = Math.Max(trials.Renewals, brought.Renewals) };
        if (brought.Canary is not { } offer || CanaryTrial.Offer(trials.Evidence.Canary, offer.Served, offer.Version, Number(trials, changed)) is not { } canary)
        {
            return next.WithoutCanary();
        }

        var before = new ServedPlaybook(state.Version, state.UpdatedAt, LearningKeyFold.WithoutMetadata(state.Playbook));
        return next with
        {
            Evidence = next.Evidence with { Canary = canary },
            Parent = trials.Evidence.Canary is null ? before : trials.Parent,

            // The version on trial is no longer the newest.
            OnTrial = trials.Evidence.Canary is null ? null : trials.OnTrial ?? before,
        };
    }

    public static KeyTrials Review(KeyTrials trials, SessionReviewed reviewed)
    {
        var next = reviewed.Evidence is { } move ? trials.Move(move, reviewed.SessionId) : trials;
        return next with { Evidence = next.Evidence.Reviewed(reviewed.SessionId, reviewed.Status is ReviewStatus.Quarantined) };
    }

    public static KeyTrials Conclude(KeyTrials trials, LearningKeyState state, CanaryConcluded concluded)
    {
        if (trials.Evidence.Canary is not { } canary)
        {
            return trials;
        }

        var next = canary.Next(concluded.Decision, Number(trials, concluded));
        var kept = concluded.Decision is CanaryDecision.Promote
            ? trials.OnTrial ?? new ServedPlaybook(state.Version, state.UpdatedAt, LearningKeyFold.WithoutMetadata(state.Playbook))
            : trials.Parent;
        return (trials with
        {
            Evidence = trials.Evidence with { Canary = next, Watch = RegressionWatch.Start },
            Parent = next is null ? null : kept,
            OnTrial = null,
        }).Introduce(concluded.Admitted);
    }

    public static KeyTrials Judge(KeyTrials trials, EntriesJudged judged)
    {
        var next = trials;
        foreach (var change in judged.Holds ? judged.Entries.Select(entry => entry.Change) : [])
        {
            if (next.Evidence.Find(change.Entry, change.Sha) is { } trial && trial.State.IsOvertakenBy(change.To))
            {
                next = next with { Evidence = next.Evidence.Put(trial with { State = change.To }) };
            }
        }

        return next.Judge(judged.Entries, judged.At);
    }

    /// <summary>Whether a recorded state is one that an entry must not leave, and further than the one it has.</summary>
    public static bool IsOvertakenBy(this EntryTrialState state, EntryTrialState recorded) =>
        recorded.IsFinal && state != recorded && state is not EntryTrialState.Withdrawn;

    public static KeyTrials Put(KeyTrials trials, EntryStandingSet set)
    {
        var change = set.Entry.Change;
        var trial = trials.Evidence.Find(change.Entry, change.Sha) ?? new EntryTrial { Entry = change.Entry, Sha = change.Sha };

        // A final state follows from its evidence, so a new trial starts without it.
        var anew = trial.State.IsFinal && !change.To.IsFinal;
        var looks = anew && trials.Evidence.Edition > 0;
        return (trials with
        {
            Evidence = trials.Evidence.Put(trial with
            {
                State = change.To,
                Start = change.To.IsFinal ? trial.Start : change.To,
                Number = set.Trial ?? trial.Number,
                Support = null,
                Evidence = anew ? TrialEvidence.None : trial.Evidence,
                Unseen = looks ? 0 : trial.Unseen,
                InEverySession = !looks && trial.InEverySession,
            }),
            Renewals = Math.Max(trials.Renewals, set.Trial ?? 0),
            RestingTried = trials.RestingTried + (anew && trial.WasTried ? 1 : 0),
        }).Judge([set.Entry], set.At);
    }

    public static KeyTrials CloseAlarm(KeyTrials trials) => trials with
    {
        AlarmSince = null,
        Evidence = trials.Evidence.Watch.IsRaised ? trials.Evidence with { Watch = RegressionWatch.Closed } : trials.Evidence,
    };

    public static KeyTrials Begin(KeyTrials trials, CanaryBegun begun) => trials with
    {
        AlarmSince = null,
        Evidence = trials.Evidence with { Canary = CanaryTrial.Offer(null, begun.Offer.Served, begun.Offer.Version, Number(trials, begun)) },
        Parent = begun.Parent,
        OnTrial = null,
    };

    /// <summary>Returns the number of a trial that an event starts. In edition 0, two trials of the same versions were not told
    /// apart.</summary>
    private static long Number(KeyTrials trials, LearningKeyEvent start) => trials.Evidence.Edition == 0 ? 0 : start.Sequence;
}
