using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Learning.Text;

namespace Atlas.Learning.Journal;

/// <summary>What follows from trials: for the key's rules, for a new version, and for a counted session. Pure.</summary>
public static class EvidenceDecisions
{
    /// <summary>Returns the event that adopts the configuration's bounds; none if they are already in force.</summary>
    public static ImmutableArray<LearningKeyEvent> Rules(LearningKeyState state, LearningOptions options, Signature by)
    {
        if (state.Trials is { } now ? now.Rules == options.Evidence && now.Evidence.Edition >= KeyEvidence.LatestEdition : !options.Evidence.Enabled)
        {
            return [];
        }

        return
        [
            new EvidenceRulesSet
            {
                Rules = options.Evidence,
                Edition = KeyEvidence.LatestEdition,

                // Entries from before were given to every session, and nothing speaks against them.
                Entries = state.Trials is null ? [.. Known(state).Select(entry => Introduction(entry, EntryTrialState.Tolerated, admitted: true))] : [],
                At = by.At,
                Author = by.Author,
            },
        ];
    }

    /// <summary>Returns what a new version puts on trial; null if nothing is tried.</summary>
    /// <param name="state">The key before the version.</param>
    /// <param name="number">Its number.</param>
    /// <param name="playbook">Its content.</param>
    /// <param name="cause">Its cause.</param>
    /// <param name="support">The sessions behind a synthesis; null for a person's change.</param>
    /// <param name="options">Bounds.</param>
    public static VersionTrials? Version(
        LearningKeyState state, int number, LearnedPlaybook playbook, PlaybookCause cause, SynthesisSupport? support, LearningOptions options)
    {
        if (!options.Evidence.Enabled)
        {
            return null;
        }

        // A rule event that is not written yet comes before this one; see Rules.
        var trials = state.Trials is { } known ? known with { Rules = options.Evidence, Evidence = known.Evidence.In(KeyEvidence.LatestEdition) }
            : KeyTrials.Of(options.Evidence).Introduce(Known(state).Select(entry => Introduction(entry, EntryTrialState.Tolerated, admitted: true)));
        var arms = trials.Evidence.Canary is null ? [] : Rendered(trials.OnTrial?.Playbook ?? state.Playbook)
            .Concat(trials.Parent is { } parent ? Rendered(parent.Playbook) : []).Select(entry => (EntryIds.Of(entry), Sha(entry))).ToHashSet();
        var entries = Rendered(playbook).Select(entry => EntryIntroductions.Of(entry, trials, cause, support, arms, options)).OfType<EntryIntroduction>()
            .Select(entry => trials.Evidence.Find(entry.Entry, entry.Sha) is null ? entry with { Trial = trials.NextNumber } : entry).ToImmutableArray();
        var after = trials.Introduce(entries);
        var resting = Resting(state, after, playbook);
        return new VersionTrials
        {
            Entries = entries,
            Canary = Offer(state, after, number, playbook, cause, options),
            Resting = resting,
            Renewals = resting.IsEmpty ? 0 : trials.NextNumber + 1,
        };
    }

    /// <summary>Returns the events that follow from a session, to be stored with it.</summary>
    /// <param name="state">The key before the session.</param>
    /// <param name="trials">The trials before the session, with the rules in force.</param>
    /// <param name="outcome">The session.</param>
    /// <param name="after">The key with the session counted.</param>
    /// <param name="options">The options, for the version that replaces a rolled-back one.</param>
    /// <param name="at">The time of counting.</param>
    /// <param name="isLate">Whether it was counted before and only its reward is new.</param>
    /// <param name="before">Whether it was evidence before that; null if the trials know.</param>
    public static ImmutableArray<LearningKeyEvent> Counted(
        LearningKeyState state, KeyTrials trials, SessionOutcome outcome, Func<LearningKeyState> after, LearningOptions options, DateTimeOffset at,
        bool isLate = false, EvidenceStanding? before = null)
    {
        if (trials.Step(outcome, isLate, before) is not { } step)
        {
            return [];
        }

        var by = new Signature("evidence", at);
        var events = ImmutableArray.CreateBuilder<LearningKeyEvent>();
        if (!step.Changes.IsEmpty)
        {
            events.Add(new EntriesJudged { Entries = [.. step.Changes.Select(change => Judgement(state, change))], At = at, Author = by.Author });
        }

        if (step.AlarmRaised)
        {
            events.Add(new AlarmRaised
            {
                Version = CurrentPlaybook.Of(state, options).Version,
                GoodVersion = trials.GoodVersion,
                Watched = step.Evidence.Watch.Watched,
                Limit = trials.Rules.AlarmLimit,
                At = at,
                Author = by.Author,
            });
        }

        if (step.Evidence.Experiment is { } experiment
            && ExperimentConclusions.HasLostItsEntry(state, step.Evidence, experiment) is var isLost && (isLost || experiment.IsReady(trials.Rules)))
        {
            events.Add(ExperimentConclusions.Decided(experiment, trials.Rules, by, isLost));
        }

        // Promoting a version that helps is a change like any other and can wait; removing one that harms does not wait.
        var waits = step.Canary is CanaryDecision.Promote && PublishingEpoch.EndsAt(state, options, at) > at;
        if (step.Canary is not CanaryDecision.GoOn && !waits && state.Frozen is null && trials.Rules.Enabled && step.Evidence.Canary is { } canary)
        {
            events.AddRange(CanaryConclusions.Of(after(), trials, canary, step.Canary, options, by));
        }

        return events.ToImmutable();
    }

    /// <summary>Returns the words of an entry with a hash, from a version in use; empty if none has them.</summary>
    public static EntryJudgement Judgement(LearningKeyState state, StandingChange change) => new(
        change, Known(state).FirstOrDefault(entry => EntryIds.Of(entry) == change.Entry && Sha(entry) == change.Sha) is { } entry ? EntryWords.Of(entry) : "");

    /// <summary>Returns the hash of an entry's words as trials use it.</summary>
    public static string Sha(PlaybookEntry entry) => GivenPlaybook.Short(EntryWords.Sha256Of(entry));

    /// <summary>Returns the SHA-256 of what a version injects while its entries keep their states: versions with the same text are one
    /// treatment.</summary>
    public static string Treatment(LearnedPlaybook playbook, KeyEvidence evidence, EvidenceOptions rules)
    {
        var given = InForce(playbook, evidence, rules);
        return Sha256Text.Hex($"{RoleText.Of(given, "student").Text}\0{RoleText.Of(given, "teacher").Text}");
    }

    /// <summary>Returns the entries of all versions in use, each once.</summary>
    public static IEnumerable<PlaybookEntry> Known(LearningKeyState state) =>
        new[] { state.Playbook, state.Served?.Playbook, state.Trials?.OnTrial?.Playbook, state.Trials?.Parent?.Playbook, state.Trials?.FirstArm?.Playbook, state.Trials?.NewArm?.Playbook }
            .OfType<LearnedPlaybook>().SelectMany(Rendered).DistinctBy(entry => (EntryIds.Of(entry), Sha(entry)));

    private static LearnedPlaybook InForce(LearnedPlaybook playbook, KeyEvidence evidence, EvidenceOptions rules)
    {
        var barred = Rendered(playbook)
            .Where(entry => evidence.Find(EntryIds.Of(entry), Sha(entry)) is { } trial && trial.State.WithheldShare(rules) is null)
            .Select(EntryIds.Of).ToHashSet(StringComparer.Ordinal);
        return barred.Count == 0 ? playbook : playbook with { Entries = playbook.Entries.RemoveAll(entry => barred.Contains(EntryIds.Of(entry))) };
    }

    private static IEnumerable<PlaybookEntry> Rendered(LearnedPlaybook playbook) => (playbook.Entries.IsDefault ? [] : playbook.Entries).Where(EntryOrder.IsRendered);

    private static EntryIntroduction Introduction(PlaybookEntry entry, EntryTrialState start, bool admitted) => new(EntryIds.Of(entry), Sha(entry), start, admitted);

    private static CanaryOffer? Offer(
        LearningKeyState state, KeyTrials trials, int number, LearnedPlaybook playbook, PlaybookCause cause, LearningOptions options)
    {
        if (cause is PlaybookCause.Rollback or PlaybookCause.Prune or PlaybookCause.Forgetting or PlaybookCause.Merge || CurrentPlaybook.Of(state, options) is not { ReachesPrompts: true, Version: > 0 } served
            || state.Served is not null || CurrentPlaybook.IsStaged(state, options) || LeakGuard.Of(options.LeakGuard).Objection(served.Playbook) is not null)
        {
            return null;
        }

        var before = InForce(served.Playbook, trials.Evidence, trials.Rules);
        return trials.Evidence.Canary is null && OnlyAdds(before, InForce(playbook, trials.Evidence, trials.Rules)) ? null : new(
            new(served.Version, Treatment(served.Playbook, trials.Evidence, trials.Rules), WasRead: true),
            new(number, Treatment(playbook, trials.Evidence, trials.Rules), WasRead: cause is PlaybookCause.Edit));
    }

    /// <summary>Whether a change only added entries, or there was nothing before: each new entry then goes on trial separately.</summary>
    private static bool OnlyAdds(LearnedPlaybook before, LearnedPlaybook after)
    {
        if (before is { IsRendered: true, StudentPreface: null or "", TeacherPreface: null or "" } && !Rendered(before).Any())
        {
            return true;
        }

        var there = Rendered(after).Select(entry => (EntryIds.Of(entry), Sha(entry))).ToHashSet();
        return before.IsRendered && after.IsRendered
            && (before.StudentPreface ?? "") == (after.StudentPreface ?? "") && (before.TeacherPreface ?? "") == (after.TeacherPreface ?? "")
            && Rendered(before).All(entry => there.Contains((EntryIds.Of(entry), Sha(entry))));
    }

    private static ImmutableArray<EntryTrial> Resting(LearningKeyState state, KeyTrials trials, LearnedPlaybook playbook)
    {
        var used = Known(state).Concat(Rendered(playbook)).Select(entry => (EntryIds.Of(entry), Sha(entry))).ToHashSet();
        var idle = trials.Evidence.Entries.Where(trial => !used.Contains((trial.Entry, trial.Sha))).ToList();
        return idle.Count <= KeyTrials.MostResting ? [] :
        [
            .. idle.OrderBy(trial => trial.State.IsFinal).ThenBy(trial => trial.Evidence.Sessions).ThenBy(trial => trial.Entry, StringComparer.Ordinal)
                .Take(idle.Count - (KeyTrials.MostResting / 2)),
        ];
    }
}
