using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Decides which entries of a new version go on trial, and which wait for more support.</summary>
internal static class EntryIntroductions
{
    /// <summary>Returns what a new version says about one of its entries; null if nothing is new.</summary>
    /// <param name="entry">An entry of a new version.</param>
    /// <param name="trials">The key's trials before the version.</param>
    /// <param name="cause">What made the version.</param>
    /// <param name="support">The sessions behind a synthesis; null for a person's change.</param>
    /// <param name="arms">The entries of both versions while one is on trial: what sessions teach meanwhile goes to neither.</param>
    /// <param name="options">The options, for how much of a quorum can come from one author.</param>
    public static EntryIntroduction? Of(
        PlaybookEntry entry, KeyTrials trials, PlaybookCause cause, SynthesisSupport? support, HashSet<(string Entry, string Sha)> arms, LearningOptions options)
    {
        var (id, sha) = (EntryIds.Of(entry), EvidenceDecisions.Sha(entry));
        var trial = trials.Evidence.Find(id, sha);
        if (cause is PlaybookCause.Import or PlaybookCause.Edit or PlaybookCause.Rollback)
        {
            // A person's decision admits a candidate, and existing evidence about words is kept. Marking an entry provisional asks for a
            // trial.
            var start = entry.Lifecycle == EntryLifecycle.Provisional ? EntryTrialState.OnTrial : EntryTrialState.Tolerated;
            return trial is null ? new(id, sha, start, true) : trial.State is EntryTrialState.Candidate ? new(id, sha, trial.Start, true) : null;
        }

        if (cause is PlaybookCause.Merge)
        {
            // An entry that returns keeps its state.
            return trial is null ? new(id, sha, EntryTrialState.OnTrial, true) : null;
        }

        if (cause is PlaybookCause.Forgetting)
        {
            // An entry that stays keeps its state.
            return trial is null ? new(id, sha, EntryTrialState.Tolerated, true) : null;
        }

        if (trial is { State: not EntryTrialState.Candidate })
        {
            return null;
        }

        var before = trial?.Support ?? SupportOfOtherWords(id, trials, support) ?? CandidateSupport.None;
        var after = support is null ? before : before.With(support.Of(id));
        var quorum = support?.Quorum ?? 1;
        var admitted = after.Reaches(quorum, AuthorLimit.Of(trials, options, quorum)) && !arms.Contains((id, sha));
        return trial is not null && !admitted && after.IsSame(before) ? null
            : admitted ? new(id, sha, EntryTrialState.OnTrial, admitted)
            : new EntryIntroduction(id, sha, EntryTrialState.OnTrial, admitted).With(after);
    }

    private static CandidateSupport? SupportOfOtherWords(string id, KeyTrials trials, SynthesisSupport? support) =>
        support?.Reworded.GetValueOrDefault(id) is { } before && trials.Evidence.Find(id, before) is { State: EntryTrialState.Candidate } same ? same.Support : null;
}
