using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Contracts.Sessions;

/// <summary>A started session.</summary>
/// <param name="SessionId">Its number, which is also the key of its grain.</param>
/// <param name="LearningKey">The key that it learns from and can teach.</param>
/// <param name="Status">Running, or how the earlier session with this external id ended.</param>
/// <param name="Playbook">The playbook of this session: version, texts, hashes, and the entries given and withheld. It is stored with the
/// session. Starting the session again returns the same playbook, whatever was learned in the meantime.</param>
/// <param name="NextSequence">The number of the next event: 0 for a new session; for one that was started earlier, the number of events
/// already stored.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-started")]
public sealed record SessionStarted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string LearningKey,
    [property: Id(2)] SessionStatus Status,
    [property: Id(3)] ResolvedPlaybook Playbook,
    [property: Id(4)] int NextSequence = 0);
