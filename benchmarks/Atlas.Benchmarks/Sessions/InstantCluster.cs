using System.Reflection;
using Atlas.Client;
using Atlas.Client.Calls;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;

namespace Atlas.Benchmarks.Sessions;

/// <summary>A cluster that accepts everything immediately and stores nothing, so that only the runtime is measured.</summary>
/// <remarks>A dispatch proxy, because almost none of a cluster's operations are called here.</remarks>
public class InstantCluster : DispatchProxy
{
    private static readonly ResolvedPlaybook Playbook = new("bench", 1, DateTimeOffset.UnixEpoch, InjectionMode.Prefix, true, 0, Role("student"), Role("teacher"));
    private static readonly CallRetry Calls = new(TimeSpan.Zero, TimeProvider.System);
    private static readonly ISessionGrain Session = Create<ISessionGrain, InstantCluster>();

    /// <summary>Creates the cluster.</summary>
    public static IAtlasClient Create() => Create<IAtlasClient, InstantCluster>();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IAtlasClient.StartSessionAsync) => Task.FromResult(new AtlasSession(Session, new SessionStarted(1, "bench", SessionStatus.Running, Playbook), Calls)),
        nameof(IAtlasClient.DescribeAsync) => Task.FromResult(new LearningKeyDescription(Playbook, 1, 1, [], false, null)),
        nameof(IAtlasClient.AwaitRewardAsync) => Task.FromResult(new SessionState(1, SessionStatus.Succeeded, ReviewStatus.Approved, JudgingStatus.Off, null, null, LearningStanding.Observed)),
        nameof(ISessionGrain.Complete) => Task.FromResult(new SessionCompleted(1, SessionStatus.Succeeded, ReviewStatus.Approved, LearningStanding.Observed, null)),
        _ when targetMethod.ReturnType == typeof(Task) => Task.CompletedTask,
        _ => throw new NotSupportedException($"Nothing here asks for {targetMethod.Name}."),
    };

    private static RolePlaybook Role(string role) => new($"Be a good {role}.", new string('0', 64), $">>> {role} Playbook >>>\nBe a good {role}.\n>>> End {role} Playbook >>>");
}
