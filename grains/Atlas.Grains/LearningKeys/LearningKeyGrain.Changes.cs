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

    public Task<KeyChange> Unfreeze(Attribution by, CancellationToken cancellationToken) => Change(by, state => LearningKeyDecisions.Unfreeze(state, Sign(by)), cancellationToken);

    public Task<KeyChange> Stage(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Stage(state, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> Unstage(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Unstage(state, _services.Learning, Sign(by)), cancellationToken);

    public async Task<KeyChange> Promote(int? version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version ?? _commit.Committed.Version);
        return await Change(by, state => StagingDecisions.Promote(state, archived, _services.Learning, signature), cancellationToken);
    }

    public async Task<KeyChange> Pin(int version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version);
        return await Change(by, state => StagingDecisions.Pin(state, archived, _services.Learning, signature), cancellationToken);
    }

    public Task<KeyChange> Unpin(Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StagingDecisions.Unpin(state, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> TryEntry(string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StandingDecisions.Try(state, entryId, _services.Learning, Sign(by)), cancellationToken);

    public Task<KeyChange> WithdrawEntry(string entryId, Attribution by, CancellationToken cancellationToken) =>
        Change(by, state => StandingDecisions.Withdraw(state, entryId, _services.Learning, Sign(by)), cancellationToken);

    public async Task<KeyChange> Rollback(int version, Attribution by, CancellationToken cancellationToken)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version);
        return await Change(by, state => LearningKeyDecisions.Rollback(state, version, archived.Playbook, _services.Learning, signature), cancellationToken);
    }

    public async Task<KeyChange> Import(LearnedPlaybook playbook, PlaybookCause cause, Attribution by, CancellationToken cancellationToken)
    {
        if (cause is not (PlaybookCause.Import or PlaybookCause.Edit))
        {
            throw new AtlasRefusedException($"A playbook from outside is an import or an edit, not '{cause.ToWire()}'.");
        }

        var signature = Sign(by);
        SessionLimits.CheckPlaybook(playbook);
        // What comes this way is held to the rules of a file, and cleaned like one.
        var imported = PlaybookDocument.Import(PlaybookDocument.Export(playbook, withObservations: true));
        return await Change(by, state => LearningKeyDecisions.Import(state, imported, cause, _services.Learning, signature), cancellationToken);
    }

    private async Task<KeyChange> Change(Attribution by, Func<LearningKeyState, Decision<bool>> decide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // What this command led to: others that share the write may lead further.
        var after = _commit.Committed;
        var written = false;
        try
        {
            written = await _commit.ExecuteAsync(state => ConditionalChange.Of(by, state, decide), decided => after = decided);
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
        ? throw new AtlasRefusedException("A change of a playbook needs an author: a person or a program, not a blank.")
        : new Signature(by.Author, _services.Time.GetUtcNow(), by.Reason);
}
