using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;

namespace Atlas.Grains.LearningKeys;

/// <remarks>Changes that people make.</remarks>
internal sealed partial class LearningKeyGrain
{
    public Task<KeyChange> Freeze(Attribution by, CancellationToken cancellationToken) => Change(by, state => LearningKeyDecisions.Freeze(state, Sign(by)), cancellationToken);

    public Task<KeyChange> Unfreeze(Attribution by, CancellationToken cancellationToken) =>
        _reminder.WithAsync(() => Change(by, state => LearningKeyDecisions.Unfreeze(state, Sign(by)), cancellationToken));

    public Task<KeyChange> Stage(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Stage(state, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> Unstage(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Unstage(state, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> Promote(int? version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        return Change(
            by,
            () => FindVersion(version ?? _commit.Committed.Version),
            (state, archived) => StagingDecisions.Promote(state, archived, _services.Learning, signature),
            cancellationToken);
    }

    public Task<KeyChange> Pin(int version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        return Change(by, () => FindVersion(version), (state, archived) => StagingDecisions.Pin(state, archived, _services.Learning, signature), cancellationToken);
    }

    public Task<KeyChange> Unpin(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Unpin(state, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> TryEntry(string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StandingDecisions.Try(state, entryId, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> WithdrawEntry(string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StandingDecisions.Withdraw(state, entryId, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> MergeEntries(string kept, string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => MeaningDecisions.Merge(state, kept, entryId, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> UnmergeEntry(string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => MeaningDecisions.Unmerge(state, entryId, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> Rollback(int version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        return Change(
            by,
            () => FindVersion(version),
            (state, archived) => LearningKeyDecisions.Rollback(state, version, archived.Playbook, _services.Learning, signature),
            cancellationToken);
    }

    public async Task<KeyChange> Import(LearnedPlaybook playbook, PlaybookCause cause, Attribution by, CancellationToken cancellationToken)
    {
        if (cause is not (PlaybookCause.Import or PlaybookCause.Edit))
        {
            throw new AtlasRefusedException($"The cause of a playbook from outside must be import or edit, not '{cause.ToWire()}'.");
        }

        var signature = Sign(by);
        SessionLimits.CheckPlaybook(playbook);
        // Playbooks from callers follow the same rules as files, and are cleaned in the same way.
        var imported = PlaybookDocument.Import(PlaybookDocument.Export(playbook, withObservations: true));
        return await Change(by, state => LearningKeyDecisions.Import(state, imported, cause, _services.Learning, signature), cancellationToken);
    }

    private Task<KeyChange> Change(Attribution by, Func<LearningKeyState, Decision<bool>> decide, CancellationToken cancellationToken) =>
        Change(by, () => Task.FromResult(true), (state, _) => decide(state), cancellationToken);

    private async Task<KeyChange> Change<TRead>(
        Attribution by, Func<Task<TRead>> read, Func<LearningKeyState, TRead, Decision<bool>> decide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The state right after this command: others that share the write can go further.
        var after = _commit.Committed;
        var written = false;
        try
        {
            written = await _commit.ExecuteAsync(read, (state, found) => ConditionalChange.Of(by, state, now => decide(now, found)), decided => after = decided);
        }
        finally
        {
            if (!written)
            {
                // Nothing was written that would have failed if another silo owned the key.
                await _services.Lease.DemandAsync();
            }
        }

        var current = CurrentPlaybook.Of(after, _services.Learning);
        return new KeyChange(after.Version, written, current.ReachesPrompts ? current.Version : null);
    }

    private Task<ServedPlaybook> FindVersion(int version) => _services.Archive.DemandServedAsync(Key, version, _commit.Committed.Version);

    private Signature Sign(Attribution by) => string.IsNullOrWhiteSpace(by.Author)
        ? throw new AtlasRefusedException("A change to a playbook needs an author: the name of a person or a program.")
        : new Signature(by.Author, _services.Time.GetUtcNow(), by.Reason);
}
