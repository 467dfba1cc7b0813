using Atlas.Contracts.Playbooks;

namespace Atlas.Contracts.Sessions;

/// <summary>An opened session.</summary>
/// <param name="SessionId">Its number, which is also the key of its grain.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="Status"><c>running</c>, or how the earlier session with this external id ended.</param>
/// <param name="Playbook">The playbook to inject.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-started")]
public sealed record SessionStarted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string LearningKey,
    [property: Id(2)] string Status,
    [property: Id(3)] ResolvedPlaybook Playbook);
