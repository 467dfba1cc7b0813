using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime.Observing;

/// <summary>A session that has started.</summary>
/// <param name="SessionId">The session's number.</param>
/// <param name="Task">The task, as it was given.</param>
/// <param name="LearningKey">The key that it learns from and can teach.</param>
/// <param name="Playbook">The playbook that it uses.</param>
public sealed record RunStarted(long SessionId, string Task, string LearningKey, ResolvedPlaybook Playbook);
