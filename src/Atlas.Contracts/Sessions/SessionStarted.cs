using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Contracts.Sessions;

/// <summary>An opened session.</summary>
/// <param name="SessionId">Its number, which is also the key of its grain.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="Status">Running, or how the earlier session with this external id ended.</param>
/// <param name="Playbook">The playbook that this session is given: version, texts, hashes, the entries given and those withheld. It is
/// stored with the session; starting it again gives the same one, whatever was learned meanwhile.</param>
/// <param name="NextSequence">Number of the next event: 0 of a new session; of one that an earlier start opened, how many are stored.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-started")]
public sealed record SessionStarted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string LearningKey,
    [property: Id(2)] SessionStatus Status,
    [property: Id(3)] ResolvedPlaybook Playbook,
    [property: Id(4)] int NextSequence = 0);
