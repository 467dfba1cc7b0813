using System.Collections.Immutable;
using Atlas.Client;
using Atlas.Client.Calls;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Testing.Playbooks;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>A cluster of one learning key, in memory.</summary>
internal sealed class MemoryCluster : IAtlasClient
{
    public static readonly AtlasUnavailableException OutOfReach = new("No silo answered in time.");

    public MemorySession Session { get; } = new();

    public ResolvedPlaybook Playbook { get; set; } = Resolved(null, version: 0);

    /// <summary>The scores of past sessions, oldest first.</summary>
    public ImmutableArray<double> Past { get; set; } = [];

    public List<StartSession> Started { get; } = [];

    /// <summary>How often a start fails before it works.</summary>
    public int FailingStarts { get; set; }

    /// <summary>What is said of the session once it is closed; null: nobody judges.</summary>
    public SessionState? State { get; set; }

    public static ResolvedPlaybook Resolved(
        string? student, string? teacher = null, int version = 7, InjectionMode mode = InjectionMode.Prefix, bool apply = true) =>
        new("support/orders", version, DateTimeOffset.UnixEpoch, mode, apply, 1, Role("student", student, version), Role("teacher", teacher, version));

    public Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        return FailingStarts-- > 0
            ? throw OutOfReach
            : Task.FromResult(new AtlasSession(Session, new SessionStarted(42, Playbook.LearningKey, SessionStatus.Running, Playbook), new CallRetry(TimeSpan.Zero, TimeProvider.System)));
    }

    public ISessionGrain GetSession(long sessionId) => Session;

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) => Session.Standing();

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) =>
        Task.FromResult(State ?? new SessionState(sessionId, SessionStatus.Succeeded, ReviewStatus.Approved, JudgingStatus.Off, null, null, LearningStanding.Observed));

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) => Task.FromResult(Playbook);

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default) => throw Unasked();

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(new LearningKeyDescription(Playbook, Past.Length, 1, ImmutableArray<long>.Empty, false, null));

    public Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default) => Task.FromResult(
        new RewardBaseline([.. Past.Select((score, index) => new RewardSample(index + 1, score, 0.1, 0.1))], Past.Length, Past.Length, Past.Sum()));

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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static RolePlaybook? Role(string role, string? text, int version) =>
        RenderedText.Of(role, text, 1000, DateTimeOffset.UnixEpoch, version) is { } rendered
            ? new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block)
            : null;

    private static InvalidOperationException Unasked() => new("The runtime never asks for this.");
}
