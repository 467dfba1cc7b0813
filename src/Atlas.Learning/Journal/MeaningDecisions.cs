using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from entries that say the same. Pure: the model's findings are a parameter and are recorded in the
/// event.</summary>
public static class MeaningDecisions
{
    /// <summary>Records which entries say the same or contradict each other, and merges two that say the same if nothing is lost by
    /// it.</summary>
    /// <param name="state">The key.</param>
    /// <param name="version">The version that was compared; if it is no longer the newest, nothing happens.</param>
    /// <param name="pairs">The findings.</param>
    /// <param name="model">The model that compared them.</param>
    /// <param name="options">The options, for whether entries are merged.</param>
    /// <param name="at">The time.</param>
    public static Decision<bool> Compared(
        LearningKeyState state, int version, ImmutableArray<EntryPair> pairs, string model, LearningOptions options, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        if (state.Version != version || state.ComparedVersion == version)
        {
            return new([], false);
        }

        // Do not name entries that were forgotten meanwhile.
        pairs = EntryPair.Left(pairs, state.Playbook) ?? [];

        var compared = new EntriesCompared { Version = version, By = model, Pairs = pairs, At = at, Author = $"meaning:{model}" };
        var by = new Signature(compared.Author, at);
        return new([compared, .. pairs.Select(pair => Merged(state, pair, options, by)).FirstOrDefault(events => !events.IsEmpty, [])], true);
    }

    /// <summary>Whether entries that were found to say the same can be merged now; what was on trial when they were compared held that
    /// back.</summary>
    public static bool HasMergeDue(LearningKeyState state, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state is { Pairs: { } pairs } && state.ComparedVersion == state.Version && pairs.Any(pair => Due(state, pair, options) is not null);
    }

    /// <summary>Merges two entries that were found to say the same, if that was held back; one pair at a time, because a merge makes a new
    /// version.</summary>
    /// <param name="state">The key.</param>
    /// <param name="options">The options, for whether entries are merged.</param>
    /// <param name="at">The time.</param>
    public static Decision<bool> MergeDue(LearningKeyState state, LearningOptions options, DateTimeOffset at)
    {
        var merged = HasMergeDue(state, options)
            ? state.Pairs!.Value.Select(pair => Merged(state, pair, options, new Signature("meaning", at))).First(events => !events.IsEmpty)
            : [];
        return new(merged, !merged.IsEmpty);
    }

    /// <summary>Merges two entries of the newest version: one stays with its evidence, and no session gets the other, whose words and
    /// evidence are kept.</summary>
    /// <param name="state">The key.</param>
    /// <param name="kept">The id of the entry that stays.</param>
    /// <param name="gone">The id of the other.</param>
    /// <param name="options">The options, for the hashes of what is injected, and for the quorum.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">There are no two such entries, or the playbook cannot change now.</exception>
    public static Decision<bool> Merge(LearningKeyState state, string kept, string gone, LearningOptions options, Signature by)
    {
        ArgumentNullException.ThrowIfNull(state);
        Demand(state);
        if (kept == gone)
        {
            throw new RefusedException($"The entry '{kept}' cannot be merged into itself. Name the entry to keep and the entry to merge into it.");
        }

        var (stays, goes) = (Demanded(state, kept), Demanded(state, gone));
        if (stays.Role != goes.Role)
        {
            throw new RefusedException($"The entry '{kept}' is for the {stays.Role} and '{gone}' is for the {goes.Role}. Only entries for the same role can be merged.");
        }

        return new([.. EvidenceDecisions.Rules(state, options, by), Merger(state, stays, goes, null, options, by)], true);
    }

    /// <summary>Undoes a merge: the removed entry returns unchanged and with its state. The two are not merged automatically
    /// again.</summary>
    /// <param name="state">The key.</param>
    /// <param name="gone">The id of the removed entry.</param>
    /// <param name="options">The options, for the hashes of what is injected.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">No such entry was merged, its id is in use again, or the playbook cannot change now.</exception>
    public static Decision<bool> Unmerge(LearningKeyState state, string gone, LearningOptions options, Signature by)
    {
        ArgumentNullException.ThrowIfNull(state);
        Demand(state);
        var merged = (state.Merged ?? []).LastOrDefault(each => EntryIds.Of(each.Gone) == gone && !each.Undone)
            ?? throw new RefusedException($"No entry '{gone}' was merged into another. `atlas playbook show KEY` lists the merged entries.");
        if (state.Playbook.Entries.Any(entry => EntryIds.Of(entry) == gone))
        {
            throw new RefusedException($"The playbook has a new entry '{gone}', so the merged one cannot be restored under the same id.");
        }

        var playbook = state.Playbook with { Entries = state.Playbook.Entries.Add(merged.Gone) };
        var changed = PlaybookVersions.Next(state, playbook, PlaybookCause.Merge, [], options, by with { Reason = by.Reason ?? $"'{gone}' and '{merged.Kept}' are two rules" });
        return new([.. EvidenceDecisions.Rules(state, options, by), changed with { Merger = new(merged.Kept, gone) }], true);
    }

    private static ImmutableArray<LearningKeyEvent> Merged(LearningKeyState state, EntryPair pair, LearningOptions options, Signature by) =>
        Due(state, pair, options) is { Stays: var stays, Goes: var goes } ? [.. EvidenceDecisions.Rules(state, options, by), Merger(state, stays, goes, pair.Similarity, options, by)] : [];

    /// <summary>Returns the entry that stays and the one that goes; null if the two must not be merged now.</summary>
    private static (PlaybookEntry Stays, PlaybookEntry Goes)? Due(LearningKeyState state, EntryPair pair, LearningOptions options)
    {
        if (pair.Relation is not RuleRelation.Same || !options.Meaning.Merge || !options.Evidence.Enabled || state.Frozen is not null || state.Served is not null
            || !state.Playbook.IsRendered || CurrentPlaybook.IsStaged(state, options) || state.Trials is not { Evidence: { Canary: null, Experiment: null } evidence }
            || (state.Merged ?? []).Any(merged => merged.Undone && IsOf(merged, pair)))
        {
            return null;
        }

        // Prefer to merge away the newer entry; an entry that sessions have tried or a person wrote stays.
        var gone = MayGo(evidence.Find(pair.Other, pair.OtherSha)) ? pair.Other : MayGo(evidence.Find(pair.One, pair.OneSha)) ? pair.One : null;
        if (gone is null || Find(state, pair.One) is not { } one || Find(state, pair.Other) is not { } other)
        {
            return null;
        }

        return gone == pair.Other ? (one, other) : (other, one);
    }

    private static bool MayGo(EntryTrial? trial) =>
        trial is { WasTried: false, Start: EntryTrialState.OnTrial, State: EntryTrialState.Candidate or EntryTrialState.OnTrial };

    private static bool IsOf(MergedEntry merged, EntryPair pair)
    {
        var gone = EntryIds.Of(merged.Gone);
        return (gone == pair.One && merged.Kept == pair.Other) || (gone == pair.Other && merged.Kept == pair.One);
    }

    private static PlaybookChanged Merger(
        LearningKeyState state, PlaybookEntry stays, PlaybookEntry goes, double? similarity, LearningOptions options, Signature by)
    {
        var (kept, gone) = (EntryIds.Of(stays), EntryIds.Of(goes));
        var playbook = state.Playbook with { Entries = state.Playbook.Entries.RemoveAll(entry => EntryIds.Of(entry) == gone) };
        var changed = PlaybookVersions.Next(state, playbook, PlaybookCause.Merge, [], options, by with { Reason = by.Reason ?? $"'{gone}' says the same as '{kept}'" });
        return changed with
        {
            Merger = new(kept, gone, goes, similarity),
            Trials = changed.Trials is { } trials && Supported(state, stays, goes, options) is { } more ? trials with { Entries = trials.Entries.Add(more) } : changed.Trials,
        };
    }

    /// <summary>Adds up the tasks that support two candidates, for the one that stays.</summary>
    private static EntryIntroduction? Supported(LearningKeyState state, PlaybookEntry stays, PlaybookEntry goes, LearningOptions options)
    {
        var (kept, gone) = (Trial(state, stays), Trial(state, goes));
        if (kept is not { State: EntryTrialState.Candidate } || gone is null)
        {
            return null;
        }

        var before = kept.Support ?? CandidateSupport.None;
        var support = before.With(gone.Support ?? CandidateSupport.None);
        var admitted = gone.State is EntryTrialState.OnTrial || support.Reaches(options.Quorum, AuthorLimit.Of(state.Trials, options, options.Quorum));
        var introduced = new EntryIntroduction(EntryIds.Of(stays), EvidenceDecisions.Sha(stays), kept.Start, admitted);
        return admitted ? introduced : introduced.With(support);
    }

    private static EntryTrial? Trial(LearningKeyState state, PlaybookEntry entry) => state.Trials?.Evidence.Find(EntryIds.Of(entry), EvidenceDecisions.Sha(entry));

    private static PlaybookEntry? Find(LearningKeyState state, string id) => state.Playbook.Entries.FirstOrDefault(entry => EntryIds.Of(entry) == id);

    private static PlaybookEntry Demanded(LearningKeyState state, string id) => Find(state, id)
        ?? throw new RefusedException($"The newest version of the playbook has no entry '{id}'. `atlas playbook show KEY` lists its entries.");

    private static void Demand(LearningKeyState state)
    {
        StagingDecisions.DemandNotFrozen(state);
        if (!state.Playbook.IsRendered)
        {
            throw new RefusedException("This playbook's text is kept as it was written, so removing an entry would not change any prompt. Import it again, or edit it.");
        }

        if (state.Trials?.Evidence is { Canary: not null } or { Experiment: not null })
        {
            throw new RefusedException("A version or an experiment is on trial, and a new version would end that trial. Merge entries after it has ended; `atlas report` shows its state.");
        }
    }
}
