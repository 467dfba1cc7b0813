using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Client.Calls;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;
using Atlas.Testing.Playbooks;

namespace Atlas.Client.Tests.Harness;

/// <summary>A cluster of one session, in memory.</summary>
internal sealed class FakeAtlas : IAtlasClient
{
    public static readonly AtlasUnavailableException OutOfReach = new("No silo answered in time.");

    private int _disposals;

    public FakeSession Session { get; } = new();

    public int Disposals => Volatile.Read(ref _disposals);

    public ResolvedPlaybook Playbook { get; set; } = Resolved("Look the order up first.");

    /// <summary>The entries that sessions are given, a JSON array of <c>playbook_entry.v1</c>.</summary>
    public void Give(string entriesJson) => Playbook = Playbook with
    {
        Entries = [.. LearningStateJson.ReadEntries(JsonElement.Parse(entriesJson)).Select(entry => new GivenEntry(
            entry.Id!, entry.Role, EntryWords.Sha256Of(entry), false, entry.Cue with { Description = "", Extra = null }, entry.Action.RuntimeHandle)
        {
            Category = entry.Scope.Category,
        })],
    };

    /// <summary>What the next sessions are given in place of <see cref="Playbook"/>, as if it had been drawn for them.</summary>
    public ResolvedPlaybook? Drawn { get; set; }

    public SessionStatus Status { get; set; } = SessionStatus.Running;

    /// <summary>When set, nothing can be asked of the cluster.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, a start waits for it.</summary>
    public Task? Hangs { get; set; }

    public List<StartSession> Started { get; } = [];

    public static ResolvedPlaybook Resolved(
        string? student, int version = 7, InjectionMode mode = InjectionMode.Prefix, bool apply = true, string key = "support/orders", string? teacher = null) =>
        new(key, version, DateTimeOffset.UnixEpoch, mode, apply, 1, Role("student", student, version), Role("teacher", teacher, version));

    public async Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        await (Hangs ?? Task.CompletedTask);
        return Failure is null ? new AtlasSession(Session, new SessionStarted(42, Playbook.LearningKey, Status, Drawn ?? Playbook, Session.Events.Count), new CallRetry(TimeSpan.Zero, TimeProvider.System)) : throw Failure;
    }

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) =>
        Failure is null ? Task.FromResult(Playbook) : Task.FromException<ResolvedPlaybook>(Failure);

    public Task<ResolvedPlaybook> ResolveAsync(
        string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default) => ResolveAsync(learningKey, cancellationToken);

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(new LearningKeyDescription(Playbook, 1, 1, ImmutableArray<long>.Empty, false, null));

    public Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default) => throw Unasked();

    public ISessionGrain GetSession(long sessionId) => Session;

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) => Session.Standing();

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) => Session.Standing();

    public Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> PromoteAsync(string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ExperimentNeed> PlanExperimentAsync(string learningKey, ExperimentPlan plan, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ExperimentReport> StartExperimentAsync(string learningKey, ExperimentPlan plan, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ExperimentReport> StopExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ExperimentReport> ConcludeExperimentAsync(string learningKey, int number, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ImmutableArray<ExperimentReport>> ExperimentsAsync(string learningKey, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<ForgetOutcome> ForgetAsync(ForgetRequest request, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> MergeEntriesAsync(string learningKey, string kept, string entryId, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> UnmergeEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> ImportAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> EditAsync(string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return ValueTask.CompletedTask;
    }

    private static RolePlaybook? Role(string role, string? text, int version) =>
        RenderedText.Of(role, text, 1000, DateTimeOffset.UnixEpoch, version) is { } rendered
            ? new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block)
            : null;

    private static InvalidOperationException Unasked() => new("A chat never asks for this.");
}
