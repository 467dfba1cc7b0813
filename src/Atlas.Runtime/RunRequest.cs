using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Runtime.Observing;

namespace Atlas.Runtime;

/// <summary>A task for the runtime.</summary>
/// <param name="Task">The task's text; not blank.</param>
public sealed record RunRequest(string Task)
{
    /// <summary>Gets the learning key.</summary>
    /// <value>The default is null: derived from agent, task and metadata.</value>
    public string? LearningKey { get; init; }

    /// <summary>Gets the caller's metadata: <c>source</c>, <c>tenant_id</c>, <c>tags</c>, <c>incident_id</c> and anything else. It is not
    /// changed.</summary>
    /// <value>The default is null.</value>
    public JsonObject? Metadata { get; init; }

    /// <summary>Gets the caller's id of this session. A session that was started with it earlier and has not ended is continued.</summary>
    /// <value>The default is null: an id is generated, so that a retried start creates only one session.</value>
    public string? ExternalId { get; init; }

    /// <summary>Gets the mode of this session, which overrides the configuration.</summary>
    /// <value>The default is null.</value>
    public SupervisionMode? ForcedMode { get; init; }

    /// <summary>Gets the function that computes the reward from what the session did, for example from the state of an environment. If it
    /// returns none, or throws, the cluster's judges decide, if there are any.</summary>
    /// <value>The default is null: the cluster's judges.</value>
    public Func<RunOutcome, CancellationToken, Task<SessionReward?>>? Evaluator { get; init; }

    /// <summary>Gets the review of the session, for example by a person who watched it.</summary>
    /// <value>The default is null: the configuration decides.</value>
    public ReviewDecision? Review { get; init; }

    /// <summary>Gets how long the end of the run waits for the cluster's judges.</summary>
    /// <value>The default is 5 minutes; with zero it does not wait.</value>
    public TimeSpan RewardPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long the end of the run waits until the session has been learned from.</summary>
    /// <value>The default is zero: it does not wait, and <see cref="RunResult.PlaybookAfter"/> is what is known at that moment.</value>
    public TimeSpan LearningPatience { get; init; }

    /// <summary>Gets an observer in addition to those of <see cref="RuntimeParts"/>.</summary>
    /// <value>The default is null.</value>
    public IRunObserver? Observer { get; init; }
}
