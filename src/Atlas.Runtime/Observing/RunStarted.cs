using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime.Observing;

/// <summary>A session that has been opened.</summary>
/// <param name="SessionId">Its number.</param>
/// <param name="Task">The task, as it was given.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="Playbook">The playbook it uses.</param>
public sealed record RunStarted(long SessionId, string Task, string LearningKey, ResolvedPlaybook Playbook);
