using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Calls;
using Atlas.Grains.Copies;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Keys;
using Atlas.Learning.Leaks;
using Atlas.Learning.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Grains.LearningKeys;

/// <summary>Sequences, stores and publishes what the domain decides for one learning key.</summary>
/// <remarks>Reentrant: requests interleave during a write, and share the next one. Nothing here waits for a language model;
/// <see cref="SynthesisLoop"/> works in the background.</remarks>
[Reentrant]
internal sealed partial class LearningKeyGrain : Grain, ILearningKeyGrain, IPlaybookOwner, IForgettingKey, IRemindable
{
    private readonly LearningServices _services;
    private readonly GroupCommit _commit;
    private readonly SynthesisLoop _synthesis;
    private readonly EntryComparer _comparer;
    private readonly StateStamping _stamping;
    private readonly SessionLookup _lookup;
    private readonly SessionCounting _counting;
    private readonly ResumeReminder _reminder;
    private readonly CopyHolders _holders;
    private readonly PlaybookWatchers _watchers;
    private readonly PreparedVersions _prepared;
    private readonly AlarmAnswer _alarms;
    private ResolvedPlaybook _resolved;
    private bool _outrun;
    private int _epoch;

    public LearningKeyGrain(
        [PersistentState(LearningKeyStorage.State, LearningKeyStorage.Name)] IPersistentState<LearningKeyRecord> storage,
        LearningServices services)
    {
        _services = services;
        _holders = new CopyHolders(Key, services.CopyHolders, services.Lease, services.Time);
        _watchers = new PlaybookWatchers(services.Time);
        _commit = new GroupCommit(Key, storage, services.Archive, services.Log, WithdrawAsync, Publish, StandDown, IsOutrun);
        _synthesis = new SynthesisLoop(Key, _commit, services, this.RegisterGrainTimer);
        _comparer = new EntryComparer(Key, _commit, services);
        _stamping = new StateStamping(Key, services, this.RegisterGrainTimer);
        _lookup = new SessionLookup(Key, _commit, services.Standings);
        _counting = new SessionCounting(_lookup, _commit, services);
        _reminder = ResumeReminder.Of(this);
        _prepared = new PreparedVersions(Key, services.Learning);
        _resolved = _prepared.Current(_commit.Committed);
        _alarms = new AlarmAnswer(Key, _commit, services);
    }

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _services.Failures.ActivatedAsync(LoadAsync());

    private async Task LoadAsync()
    {
        if (LearningKeyRule.ProblemOf(Key) is { } problem)
        {
            throw new AtlasRefusedException(problem);
        }

        _epoch = _services.Lease.Epoch;
        await _commit.LoadAsync();
        if (_commit.Committed.Revision == 0 && await _services.Imported.FindAsync(Key) is { } playbook)
        {
            var by = Now("migration") with { Reason = "taken over from the original's registry" };

            // Entries of the original that contain an evaluation's answers are left out; a refusal would block the key.
            var guarded = LeakGuard.Of(_services.Learning.LeakGuard).Clean(playbook);
            await _commit.ExecuteAsync(state => LearningKeyDecisions.TakeOver(state, guarded, _services.Learning, by));
        }

        _synthesis.Continue();
        _comparer.Continue();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _synthesis.StopAsync();
        await _comparer.StopAsync();
        await _stamping.FlushAsync();
        await _holders.WithdrawAsync();
        if (reason.ReasonCode is DeactivationReasonCode.ShuttingDown && !_commit.Committed.Pending.IsEmpty && _services.OthersServe)
        {
            HandOver.Wake(GrainFactory, Key, _commit.Committed.Waiting, _services.Log);
        }
    }

    public ValueTask<ResolvedPlaybook> Resolve() => _services.Lease.IsValid ? new(Current) : new(OnceSure(() => Current));

    public ValueTask<LearningKeyDescription> Describe() => _services.Lease.IsValid ? new(Description()) : new(OnceSure(Description));

    public ValueTask<AssignedPlaybook> Assign(string unit, string? identity, string task) =>
        _services.Lease.IsValid ? new(Drawn(unit, identity, task)) : new(OnceSure(() => Drawn(unit, identity, task)));

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

    private LearningKeyDescription Description() =>
        KeySheet.Describe(_commit.Committed, Current, _services.Learning, _synthesis.NotBefore());

    public ValueTask<RewardBaseline> Baseline() => new(KeySheet.Baseline(_commit.Committed));

    public Task<SessionCounted> Record(FinishedSession session, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return session.Teaches ? _reminder.WithAsync(() => RecordAsync(session)) : RecordAsync(session);
    }

    private async Task<SessionCounted> RecordAsync(FinishedSession session)
    {
        var (counted, standing) = await _counting.RecordAsync(session, Now("runtime"));
        await _alarms.AnswerAsync();
        return Counted(counted, standing) with { KnowsReward = session.IsLateReward };
    }

    public Task<SessionCounted> Review(long sessionId, ReviewDecision decision, bool teaches, SessionOutcome? counted = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return teaches ? _reminder.WithAsync(() => ReviewAsync(sessionId, decision, teaches, counted)) : ReviewAsync(sessionId, decision, teaches, counted);
    }

    private async Task<SessionCounted> ReviewAsync(long sessionId, ReviewDecision decision, bool teaches, SessionOutcome? counted)
    {
        var standing = await _lookup.WithStandingAsync(sessionId, async known =>
        {
            var recorded = counted is null ? null : await _lookup.EvidenceOfAsync(sessionId);
            return await _commit.ExecuteAsync(state => LearningKeyDecisions.Review(
                state, known, sessionId, decision.Status, teaches, Now(decision.Reviewer) with { Reason = decision.Note }, counted, recorded));
        });
        return Counted(counted: false, standing);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _synthesis.Continue();
        return _reminder.ClearIfIdleAsync(_commit.Committed);
    }

    private bool Shows(LearningKeyState state) => ReferenceEquals(_resolved, _prepared.Current(state));

    // Nobody may see an older playbook once anybody can see the newer one, or its change has been acknowledged.
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
        _alarms.Tell(state);
        if (!Shows(state))
        {
            _resolved = _prepared.Current(state);
            _watchers.Tell(_resolved);
        }

        _holders.Resume();
        _stamping.Changed();
        _synthesis.Continue();
        _comparer.Continue();
    }

    private SessionCounted Counted(bool counted, SessionStanding standing) =>
        new(counted, standing is SessionStanding.Applied, _resolved.Version);

    private Signature Now(string author) => new(author, _services.Time.GetUtcNow());

}
