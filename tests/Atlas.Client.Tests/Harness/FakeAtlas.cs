using Atlas.Client.Calls;
using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;

namespace Atlas.Client.Tests.Harness;

/// <summary>A cluster of one session, in memory.</summary>
internal sealed class FakeAtlas : IAtlasClient
{
    public static readonly AtlasUnavailableException OutOfReach = new("No silo answered in time.");

    public FakeSession Session { get; } = new();

    public ResolvedPlaybook Playbook { get; set; } = Resolved("Look the order up first.");

    public string EntriesJson { get; set; } = "[]";

    public string Status { get; set; } = "running";

    /// <summary>When set, nothing can be asked of the cluster.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, a start waits for it.</summary>
    public Task? Hangs { get; set; }

    public List<StartSession> Started { get; } = [];

    public static ResolvedPlaybook Resolved(
        string? student, int version = 7, string mode = "prefix", bool apply = true, string key = "support/orders", string? teacher = null) =>
        new(key, version, DateTimeOffset.UnixEpoch, mode, apply, 1, Role("student", student, version), Role("teacher", teacher, version));

    public async Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        await (Hangs ?? Task.CompletedTask);
        return Failure is null ? new AtlasSession(Session, new SessionStarted(42, Playbook.LearningKey, Status, Playbook), new CallRetry(TimeSpan.Zero, TimeProvider.System)) : throw Failure;
    }

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) =>
        Failure is null ? Task.FromResult(Playbook) : Task.FromException<ResolvedPlaybook>(Failure);

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(new LearningKeyDescription(Playbook, 1, 1, ImmutableArray<long>.Empty, false, EntriesJson, null));

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

    public Task<KeyChange> RollbackAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> ImportAsync(string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public Task<KeyChange> EditAsync(string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default) => throw Unasked();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static RolePlaybook? Role(string role, string? text, int version) =>
        PlaybookRenderer.Render(role, text, new LearningOptions(), DateTimeOffset.UnixEpoch, version) is { } rendered
            ? new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block)
            : null;

    private static InvalidOperationException Unasked() => new("A chat never asks for this.");
}
