using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Grains.Copies;
using Atlas.Grains.Hosting;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Orleans.Concurrency;

namespace Atlas.Grains.LearningKeys;

/// <summary>Sequences, stores and publishes what the domain decides for one learning key.</summary>
/// <remarks>Reentrant: requests interleave while a write is under way, and share the next one. Nothing here waits for a
/// language model; <see cref="SynthesisLoop"/> works beside the turns.</remarks>
[Reentrant]
internal sealed class LearningKeyGrain : Grain, ILearningKeyGrain, IPlaybookOwner, IRemindable
{
    private readonly LearningServices _services;
    private readonly GroupCommit _commit;
    private readonly SynthesisLoop _synthesis;
    private readonly SessionLookup _lookup;
    private readonly ResumeReminder _reminder;
    private readonly CopyHolders _holders;
    private readonly PlaybookWatchers _watchers;
    private readonly IPersistentState<LearningKeyRecord> _storage;
    private ResolvedPlaybook _resolved;
    private bool _outrun;

    public LearningKeyGrain(
        [PersistentState(AtlasGrainsServices.LearningKeyState, AtlasGrainsServices.StorageName)] IPersistentState<LearningKeyRecord> storage,
        LearningServices services)
    {
        _services = services;
        _storage = storage;
        _holders = new CopyHolders(Key, services.CopyHolders, services.Standing, services.Time);
        _watchers = new PlaybookWatchers(services.Time);
        _commit = new GroupCommit(Key, storage, services.Log, WithdrawAsync, Publish, StandDown);
        _synthesis = new SynthesisLoop(Key, _commit, services, this.RegisterGrainTimer);
        _lookup = new SessionLookup(Key, _commit, services.Standings);
        _reminder = new ResumeReminder(this);
        _resolved = PlaybookSnapshot.Of(Key, _commit.Committed, services.Learning);
    }

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What was read before may be old: until now a silo that was declared dead could still write and acknowledge.
        if (await _services.Standing.OutwaitTheDeadAsync(cancellationToken))
        {
            await _storage.ReadStateAsync();
        }

        _commit.Loaded();
        if (_commit.Committed.Revision == 0 && await _services.Imported.FindAsync(Key) is { } playbook)
        {
            var by = Now("migration") with { Reason = "taken over from the original's registry" };
            await _commit.ExecuteAsync(state => LearningKeyDecisions.Import(state, playbook, PlaybookCause.Import, _services.Learning, by));
        }

        _synthesis.Continue();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _synthesis.StopAsync();
        await _holders.WithdrawAsync();
    }

    public ValueTask<ResolvedPlaybook> Resolve()
    {
        if (_outrun)
        {
            throw new AtlasUnavailableException("Another silo owns this learning key now; send the request again.");
        }

        return _services.Standing.IsValid ? new(_resolved) : ResolveOnceConfirmedAsync();
    }

    public async ValueTask<PlaybookLoan> Lend(SiloAddress holder)
    {
        var playbook = await Resolve();
        return ReferenceEquals(playbook, _resolved) && !_outrun
            ? new PlaybookLoan(playbook, _holders.Lend(holder))
            : new PlaybookLoan(playbook, TimeSpan.Zero);
    }

    public async Task<ResolvedPlaybook> Subscribe(IPlaybookObserver observer)
    {
        var playbook = await Resolve();
        _watchers.Add(observer);
        return playbook;
    }

    public Task Unsubscribe(IPlaybookObserver observer)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }

    public ValueTask<LearningKeyDescription> Describe()
    {
        var state = _commit.Committed;
        return new(new LearningKeyDescription(
            _resolved,
            state.SessionsObserved,
            state.SessionsApplied,
            state.Pending,
            state.Frozen is not null,
            JsonSerializer.Serialize(state.Playbook.Entries, AtlasJson.Options),
            state.LastSynthesis is { Outcome: "failed" or "rejected" } last ? last.Reason : null));
    }

    public ValueTask<RewardBaseline> Baseline()
    {
        var (rewards, history) = (_commit.Committed.Rewards, _commit.Committed.History);
        return new(new RewardBaseline(
            [.. rewards.Samples.Select(sample =>
                new RewardFigures(sample.SessionId, sample.Score, sample.Uncertainty, sample.BestUncertainty))],
            history.TotalCount,
            history.ScoreCount,
            history.ScoreSum));
    }

    public async Task<SessionCounted> Record(FinishedSession session)
    {
        var outcome = JsonSerializer.Deserialize<SessionOutcome>(session.OutcomeJson, AtlasJson.Options)
            ?? throw new AtlasRefusedException("The outcome of a session is a JSON object, not null.");
        if (session.Teaches)
        {
            await _reminder.SetAsync();
        }

        var counted = false;
        var standing = await _lookup.WithStandingAsync(session.SessionId, known => _commit.ExecuteAsync(_ =>
        {
            counted = known is SessionStanding.Unknown;
            return LearningKeyDecisions.Observe(known, outcome, session.Teaches, _services.Learning, _services.Safety.Drift, Now("runtime"));
        }));
        return Counted(counted, standing);
    }

    public async Task<SessionCounted> Review(long sessionId, ReviewDecision decision, bool teaches)
    {
        if (teaches)
        {
            await _reminder.SetAsync();
        }

        var standing = await Obey(() => _lookup.WithStandingAsync(sessionId, known => _commit.ExecuteAsync(state =>
            LearningKeyDecisions.Review(
                state, known, sessionId, decision.Status, teaches, Now(decision.Reviewer) with { Reason = decision.Note }))));
        return Counted(counted: false, standing);
    }

    public Task<KeyChange> Freeze(Attribution by) => Change(state => LearningKeyDecisions.Freeze(state, Sign(by)));

    public Task<KeyChange> Unfreeze(Attribution by) => Change(state => LearningKeyDecisions.Unfreeze(state, Sign(by)));

    public async Task<KeyChange> Rollback(int version, Attribution by)
    {
        var signature = Sign(by);
        var archived = (version == 0 && _commit.Committed.Version > 0
                ? LearnedPlaybook.Empty
                : await _services.Archive.FindAsync(Key, version))
            ?? throw new AtlasRefusedException(
                $"The key {Key} has no version {version}; it has versions 1 to {_commit.Committed.Version}.");
        return await Change(state => LearningKeyDecisions.Rollback(state, version, archived, _services.Learning, signature));
    }

    public async Task<KeyChange> Import(string playbookJson, string cause, Attribution by)
    {
        if (cause is not (PlaybookCause.Import or PlaybookCause.Edit))
        {
            throw new AtlasRefusedException($"A playbook from outside is an import or an edit, not '{cause}'.");
        }

        var signature = Sign(by);
        var imported = Read(playbookJson);
        return await Change(state => LearningKeyDecisions.Import(state, imported, cause, _services.Learning, signature));
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _synthesis.Continue();
        return _commit.Committed.Pending.IsEmpty ? _reminder.ClearAsync() : Task.CompletedTask;
    }

    private async Task<KeyChange> Change(Func<LearningKeyState, Decision<bool>> decide)
    {
        var changed = await Obey(() => _commit.ExecuteAsync(decide));
        return new KeyChange(_commit.Committed.Version, changed);
    }

    private async ValueTask<ResolvedPlaybook> ResolveOnceConfirmedAsync()
    {
        await _services.Standing.ConfirmAsync();
        return await Resolve();
    }

    private bool Shows(LearningKeyState state) => _resolved.Version == state.Version && _resolved.UpdatedAt == state.UpdatedAt;

    // Nobody may see an older playbook once anybody can see the newer one, or its change is acknowledged.
    private async Task WithdrawAsync(LearningKeyState state)
    {
        if (!Shows(state))
        {
            await _holders.WithdrawAsync();
            await _services.Standing.ConfirmAsync();
        }
    }

    private void Publish(LearningKeyState state)
    {
        if (!Shows(state))
        {
            _resolved = PlaybookSnapshot.Of(Key, state, _services.Learning);
            _watchers.Tell(_resolved);
        }

        _holders.Resume();

        _synthesis.Continue();
    }

    // What this activation holds in memory may be old from here on, so it answers no more.
    private void StandDown()
    {
        _outrun = true;
        DeactivateOnIdle();
    }

    private SessionCounted Counted(bool counted, SessionStanding standing) =>
        new(counted, standing is SessionStanding.Applied, _commit.Committed.Version);

    private Signature Now(string author) => new(author, _services.Time.GetUtcNow());

    private Signature Sign(Attribution by) => string.IsNullOrWhiteSpace(by.Author)
        ? throw new AtlasRefusedException("A change of a playbook needs an author: a person or a program, not a blank.")
        : new Signature(by.Author, _services.Time.GetUtcNow(), by.Reason);

    private static LearnedPlaybook Read(string playbookJson)
    {
        try
        {
            return PlaybookDocument.Import(playbookJson);
        }
        catch (PlaybookFormatException wrong)
        {
            throw new AtlasRefusedException(wrong.Message);
        }
    }

    private static async Task<T> Obey<T>(Func<Task<T>> command)
    {
        try
        {
            return await command();
        }
        catch (RefusedException refused)
        {
            throw new AtlasRefusedException(refused.Message);
        }
    }
}
