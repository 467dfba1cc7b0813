using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Runtime.Observing;

namespace Atlas.Runtime;

/// <summary>A task for the runtime.</summary>
/// <param name="Task">The task's text; not blank.</param>
public sealed record RunRequest(string Task)
{
    /// <summary>The learning key.</summary>
    /// <value>The default is null: derived from agent, task and metadata.</value>
    public string? LearningKey { get; init; }

    /// <summary>The caller's metadata: <c>source</c>, <c>tenant_id</c>, <c>tags</c>, <c>incident_id</c> and whatever else. It is not changed.</summary>
    /// <value>The default is none.</value>
    public JsonObject? Metadata { get; init; }

    /// <summary>The caller's own identity of this session. A session that was started with it before and has not ended is gone on with.</summary>
    /// <value>The default is null: one is made up, so that a start that is sent again opens one session only.</value>
    public string? ExternalId { get; init; }

    /// <summary>The mode of this one session; goes before the configuration.</summary>
    /// <value>The default is none.</value>
    public SupervisionMode? ForcedMode { get; init; }

    /// <summary>Gives the session its reward from what it did, say from the state of an environment. If it gives none, or throws, the
    /// judges of the cluster decide, where it has any.</summary>
    /// <value>The default is null: the cluster's judges.</value>
    public Func<RunOutcome, CancellationToken, Task<SessionReward?>>? Evaluator { get; init; }

    /// <summary>A review that goes with the end of the session, say of somebody who watches it.</summary>
    /// <value>The default is null: the configuration decides.</value>
    public ReviewDecision? Review { get; init; }

    /// <summary>How long the end of the run waits for the cluster's judges.</summary>
    /// <value>The default is 5 minutes; zero does not wait.</value>
    public TimeSpan RewardPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the end of the run waits until the session has been learned from.</summary>
    /// <value>The default is zero: it does not wait, and <see cref="RunResult.PlaybookAfter"/> is what is known at that moment.</value>
    public TimeSpan LearningPatience { get; init; }

    /// <summary>Is told what happens, besides those of <see cref="RuntimeParts"/>.</summary>
    /// <value>The default is none.</value>
    public IRunObserver? Observer { get; init; }
}
