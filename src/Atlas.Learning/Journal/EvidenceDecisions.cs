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

/// <summary>What follows from trials: for the key's rules, for a version that is made, and for a session that is counted. Pure.</summary>
public static class EvidenceDecisions
{
    /// <summary>The event that takes over the configuration's bounds; none if they are in force.</summary>
    public static ImmutableArray<LearningKeyEvent> Rules(LearningKeyState state, LearningOptions options, Signature by)
    {
        if (state.Trials is null ? !options.Evidence.Enabled : state.Trials.Rules == options.Evidence)
        {
            return [];
        }

        return
        [
            new EvidenceRulesSet
            {
                Rules = options.Evidence,

                // What was there before was given to every session, and nothing speaks against it.
                Entries = state.Trials is null ? [.. Known(state).Select(entry => Introduction(entry, EntryTrialState.Tolerated, admitted: true))] : [],
                At = by.At,
                Author = by.Author,
            },
        ];
    }

    /// <summary>What a new version puts on trial; null where nothing is tried.</summary>
    /// <param name="state">The key before it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="playbook">What it says.</param>
    /// <param name="cause">What made it.</param>
    /// <param name="support">The sessions behind a synthesis; null for what a person did.</param>
    /// <param name="options">Bounds.</param>
    public static VersionTrials? Version(
        LearningKeyState state, int number, LearnedPlaybook playbook, PlaybookCause cause, SynthesisSupport? support, LearningOptions options)
    {
        if (!options.Evidence.Enabled)
        {
            return null;
        }

        // An unwritten rule event comes before this one; see Rules.
        var trials = state.Trials is { } known ? known with { Rules = options.Evidence }
            : KeyTrials.Of(options.Evidence).Introduce(Known(state).Select(entry => Introduction(entry, EntryTrialState.Tolerated, admitted: true)));
        var arms = trials.Evidence.Canary is null ? [] : Rendered(trials.OnTrial?.Playbook ?? state.Playbook)
            .Concat(trials.Parent is { } parent ? Rendered(parent.Playbook) : []).Select(entry => (EntryIds.Of(entry), Sha(entry))).ToHashSet();
        var entries = Rendered(playbook).Select(entry => Introduced(entry, trials, cause, support, arms)).OfType<EntryIntroduction>().ToImmutableArray();
        var after = trials.Introduce(entries);
        return new VersionTrials
        {
            Entries = entries,
            Canary = Offer(state, after, number, playbook, cause, options),
            Resting = Resting(state, after, playbook),
        };
    }

    /// <summary>What follows from a session, to be stored with it.</summary>
    /// <param name="state">The key before it.</param>
    /// <param name="trials">The trials before it, with the rules in force.</param>
    /// <param name="outcome">The session.</param>
    /// <param name="after">The key with the session counted.</param>
    /// <param name="options">For the version that takes the place of one that is rolled back.</param>
    /// <param name="at">When it is counted.</param>
    /// <param name="isLate">Whether it was counted before and only its reward is new.</param>
    public static ImmutableArray<LearningKeyEvent> Counted(
        LearningKeyState state, KeyTrials trials, SessionOutcome outcome, Func<LearningKeyState> after, LearningOptions options, DateTimeOffset at,
        bool isLate = false)
    {
        if (trials.Step(outcome, isLate) is not { } step)
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

        if (step.Evidence.Experiment is { } experiment && experiment.IsReady(trials.Rules))
        {
            events.Add(ExperimentConclusions.Decided(experiment, trials.Rules, by));
        }

        if (step.Canary is not CanaryDecision.GoOn && state.Frozen is null && trials.Rules.Enabled && step.Evidence.Canary is { } canary)
        {
            events.AddRange(CanaryConclusions.Of(after(), trials, canary, step.Canary, options, by));
        }

        return events.ToImmutable();
    }

    /// <summary>The words of an entry under a hash, as a version in use has them; empty if none has.</summary>
    public static EntryJudgement Judgement(LearningKeyState state, StandingChange change) => new(
        change, Known(state).FirstOrDefault(entry => EntryIds.Of(entry) == change.Entry && Sha(entry) == change.Sha) is { } entry ? EntryWords.Of(entry) : "");

    /// <summary>An entry's words as trials know them.</summary>
    public static string Sha(PlaybookEntry entry) => GivenPlaybook.Short(EntryWords.Sha256Of(entry));

    /// <summary>SHA-256 of what a version injects while its entries stand as they do: versions that render alike are one treatment.</summary>
    public static string Treatment(LearnedPlaybook playbook, KeyEvidence evidence, EvidenceOptions rules)
    {
        var given = InForce(playbook, evidence, rules);
        return Sha256Text.Hex($"{RoleText.Of(given, "student").Text}\0{RoleText.Of(given, "teacher").Text}");
    }

    /// <summary>The entries of all versions in use, each once.</summary>
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

    /// <param name="entry">An entry of a new version.</param>
    /// <param name="trials">The key's trials before it.</param>
    /// <param name="cause">What made the version.</param>
    /// <param name="support">The sessions behind a synthesis; null for what a person did.</param>
    /// <param name="arms">The entries of both versions while one is on trial: what sessions teach meanwhile is given to neither.</param>
    private static EntryIntroduction? Introduced(
        PlaybookEntry entry, KeyTrials trials, PlaybookCause cause, SynthesisSupport? support, HashSet<(string Entry, string Sha)> arms)
    {
        var (id, sha) = (EntryIds.Of(entry), Sha(entry));
        var trial = trials.Evidence.Find(id, sha);
        if (cause is PlaybookCause.Import or PlaybookCause.Edit or PlaybookCause.Rollback)
        {
            // A person's word admits what was a candidate; what is known of words stays known. Whoever calls an entry provisional
            // wants it tried.
            var start = entry.Lifecycle == EntryLifecycle.Provisional ? EntryTrialState.OnTrial : EntryTrialState.Tolerated;
            return trial is null ? new(id, sha, start, true) : trial.State is EntryTrialState.Candidate ? new(id, sha, trial.Start, true) : null;
        }

        if (cause is PlaybookCause.Forgetting)
        {
            // What stays stands where it stood.
            return trial is null ? new(id, sha, EntryTrialState.Tolerated, true) : null;
        }

        if (trial is { State: not EntryTrialState.Candidate })
        {
            return null;
        }

        var before = trial?.Support ?? CandidateSupport.None;
        var after = support is null ? before : before.With(support.Of(id));
        var admitted = after.Reaches(support?.Quorum ?? 1) && !arms.Contains((id, sha));
        return trial is not null && !admitted && after.Tasks.Length == before.Tasks.Length
            ? null
            : new(id, sha, EntryTrialState.OnTrial, admitted, admitted ? default : after.Tasks);
    }

    private static CanaryOffer? Offer(
        LearningKeyState state, KeyTrials trials, int number, LearnedPlaybook playbook, PlaybookCause cause, LearningOptions options)
    {
        if (cause is PlaybookCause.Rollback or PlaybookCause.Prune or PlaybookCause.Forgetting || CurrentPlaybook.Of(state, options) is not { ReachesPrompts: true, Version: > 0 } served
            || state.Served is not null || CurrentPlaybook.IsStaged(state, options) || LeakGuard.Of(options.LeakGuard).Objection(served.Playbook) is not null)
        {
            return null;
        }

        var before = InForce(served.Playbook, trials.Evidence, trials.Rules);
        return trials.Evidence.Canary is null && OnlyAdds(before, InForce(playbook, trials.Evidence, trials.Rules)) ? null : new(
            new(served.Version, Treatment(served.Playbook, trials.Evidence, trials.Rules), WasRead: true),
            new(number, Treatment(playbook, trials.Evidence, trials.Rules), WasRead: cause is PlaybookCause.Edit));
    }

    /// <summary>Whether nothing but entries was added, or nothing was there before: each new entry is on trial by itself.</summary>
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
