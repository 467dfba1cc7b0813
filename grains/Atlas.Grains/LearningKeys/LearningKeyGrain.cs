using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Grains.Copies;
using Atlas.Grains.Hosting;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Leaks;
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
    private ResolvedPlaybook _resolved;
    private bool _outrun;

    public LearningKeyGrain(
        [PersistentState(AtlasGrainsServices.LearningKeyState, AtlasGrainsServices.StorageName)] IPersistentState<LearningKeyRecord> storage,
        LearningServices services)
    {
        _services = services;
        _holders = new CopyHolders(Key, services.CopyHolders, services.Lease, services.Time);
        _watchers = new PlaybookWatchers(services.Time);
        _commit = new GroupCommit(Key, storage, services.Archive, services.Log, WithdrawAsync, Publish, StandDown);
        _synthesis = new SynthesisLoop(Key, _commit, services, this.RegisterGrainTimer);
        _lookup = new SessionLookup(Key, _commit, services.Standings);
        _reminder = new ResumeReminder(this);
        _resolved = PlaybookSnapshot.Of(Key, _commit.Committed, services.Learning);
    }

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _commit.LoadAsync();
        if (_commit.Committed.Revision == 0 && await _services.Imported.FindAsync(Key) is { } playbook)
        {
            var by = Now("migration") with { Reason = "taken over from the original's registry" };

            // What the original learned of an evaluation's answers stays behind; a refusal would keep the key from working.
            var guarded = LeakGuard.Of(_services.Learning.LeakGuard).Clean(playbook);
            await _commit.ExecuteAsync(state => LearningKeyDecisions.Import(state, guarded, PlaybookCause.Import, _services.Learning, by));
        }

        _synthesis.Continue();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _synthesis.StopAsync();
        await _holders.WithdrawAsync();
        if (reason.ReasonCode is DeactivationReasonCode.ShuttingDown && !_commit.Committed.Pending.IsEmpty && _services.OthersServe)
        {
            HandOver();
        }
    }

    public ValueTask<ResolvedPlaybook> Resolve() => _services.Lease.IsValid ? new(Current) : new(OnceSure(() => Current));

    public ValueTask<LearningKeyDescription> Describe() => _services.Lease.IsValid ? new(Description()) : new(OnceSure(Description));

    private ResolvedPlaybook Current => _outrun
        ? throw new AtlasUnavailableException("Another silo owns this learning key now; send the request again.")
        : _resolved;

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

    private LearningKeyDescription Description()
    {
        var state = _commit.Committed;
        var current = CurrentPlaybook.Of(state, _services.Learning);
        return new LearningKeyDescription(
            Current,
            state.SessionsObserved,
            state.SessionsApplied,
            state.Pending,
            state.Frozen is not null,
            JsonSerializer.Serialize(current.Playbook.Entries, AtlasJson.Options),
            state.LastSynthesis is { Outcome: "failed" or "rejected" } last ? last.Reason : null,
            state.Version,
            CurrentPlaybook.IsStaged(state, _services.Learning),
            state.Pinned?.Version)
        {
            SynthesisNotBefore = _synthesis.NotBefore(),
        };
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
        var standing = await _lookup.WithStandingAsync(session.SessionId, known => _commit.ExecuteAsync(state =>
        {
            counted = known is SessionStanding.Unknown;
            return LearningKeyDecisions.Observe(
                state, known, outcome, session.Teaches, _services.Learning, _services.Safety.Drift, Now("runtime"));
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

    public Task<KeyChange> Stage(Attribution by) =>
        Change(state => StagingDecisions.Stage(state, _services.Learning, Sign(by)));

    public Task<KeyChange> Unstage(Attribution by) =>
        Change(state => StagingDecisions.Unstage(state, _services.Learning, Sign(by)));

    public async Task<KeyChange> Promote(int? version, Attribution by)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version ?? _commit.Committed.Version);
        return await Change(state => StagingDecisions.Promote(state, archived, _services.Learning, signature));
    }

    public async Task<KeyChange> Pin(int version, Attribution by)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version);
        return await Change(state => StagingDecisions.Pin(state, archived, _services.Learning, signature));
    }

    public Task<KeyChange> Unpin(Attribution by) =>
        Change(state => StagingDecisions.Unpin(state, _services.Learning, Sign(by)));

    public async Task<KeyChange> Rollback(int version, Attribution by)
    {
        var signature = Sign(by);
        var archived = await FindVersion(version);
        return await Change(state => LearningKeyDecisions.Rollback(state, version, archived.Playbook, _services.Learning, signature));
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
        // What this command led to: others that share the write may lead further.
        var after = _commit.Committed;
        var written = false;
        try
        {
            written = await Obey(() => _commit.ExecuteAsync(decide, decided => after = decided));
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

    private async Task<ServedPlaybook> FindVersion(int version) =>
        (version == 0 && _commit.Committed.Version > 0
            ? new ServedPlaybook(0, null, LearnedPlaybook.Empty)
            : await _services.Archive.FindAsync(Key, version))
        ?? throw new AtlasRefusedException(_commit.Committed.Version == 0
            ? $"The key {Key} has no version {version}: it has learned nothing yet."
            : $"The key {Key} has no version {version}; it has versions 1 to {_commit.Committed.Version}.");

    private bool Shows(LearningKeyState state) => PlaybookSnapshot.IsOf(_resolved, state, _services.Learning);

    // Nobody may see an older playbook once anybody can see the newer one, or its change is acknowledged.
    private async Task WithdrawAsync(LearningKeyState state)
    {
        if (!Shows(state))
        {
            await _holders.WithdrawAsync();
            await _services.Lease.DemandAsync();
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

    // Memory counts while nobody else can own the key.
    private async Task<T> OnceSure<T>(Func<T> read)
    {
        await _services.Lease.DemandAsync();
        return read();
    }

    // The call finds no activation here any more, so it wakes the key on another silo, which goes on with what waits.
    private void HandOver()
    {
        _services.Log.HandsOver(Key, _commit.Committed.Pending.Length);
        var woken = GrainFactory.GetGrain<ILearningKeyGrain>(Key).Baseline().AsTask();
        woken.ContinueWith(
            failed => _services.Log.NotHandedOver(failed.Exception!, Key),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private SessionCounted Counted(bool counted, SessionStanding standing) =>
        new(counted, standing is SessionStanding.Applied, _resolved.Version);

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
