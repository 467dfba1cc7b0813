using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

public static partial class LearningKeyDecisions
{
    /// <summary>Makes a playbook from outside the newest version. It becomes current immediately, or a candidate on a staged or pinned
    /// key.</summary>
    /// <param name="state">The key.</param>
    /// <param name="imported">The playbook.</param>
    /// <param name="cause"><see cref="PlaybookCause.Import"/> or <see cref="PlaybookCause.Edit"/>.</param>
    /// <param name="options">The options, for the hashes of what is injected.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">The key is frozen, or the playbook contains an answer of <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Import(
        LearningKeyState state, LearnedPlaybook imported, PlaybookCause cause, LearningOptions options, Signature by)
    {
        var playbook = Carried(state, imported, by);
        if (!playbook.IsRendered && !playbook.Entries.IsEmpty && PlaybookContentHash.Compute(playbook) != state.ContentSha256)
        {
            // Otherwise sessions would not get its entries before the next synthesis, unless the text happens to contain them.
            playbook = RenderedForm.Of(playbook, [], [], []);
        }

        return Replace(state, playbook, cause, options, by);
    }

    /// <summary>Makes what the original implementation learned the first version, with its text unchanged, so that its hash stays the
    /// same.</summary>
    /// <inheritdoc cref="Import"/>
    public static Decision<bool> TakeOver(LearningKeyState state, LearnedPlaybook imported, LearningOptions options, Signature by) =>
        Replace(state, Carried(state, imported, by), PlaybookCause.Import, options, by);

    private static LearnedPlaybook Carried(LearningKeyState state, LearnedPlaybook imported, Signature by) => imported with
    {
        Entries = EntryImpacts.Carry(imported.Entries, state, by.At),
        Metadata = imported.Metadata.IsEmpty ? state.Playbook.Metadata : imported.Metadata,
    };

    private static Decision<bool> Replace(
        LearningKeyState state, LearnedPlaybook playbook, PlaybookCause cause, LearningOptions options, Signature by)
    {
        StagingDecisions.DemandNotFrozen(state);
        StagingDecisions.DemandNoLeak(playbook, options);
        playbook = LeakGuard.Of(options.LeakGuard).Clean(playbook);
        var changed = PlaybookVersions.Next(state, playbook, cause, [], options, by);
        return changed.ContentSha256 == state.ContentSha256 ? new([], false) : new([.. EvidenceDecisions.Rules(state, options, by), changed], true);
    }
}
