using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Grains.Playbooks;

/// <summary>What one session gets, and its draws.</summary>
/// <param name="Playbook">The playbook for its prompts.</param>
/// <param name="Assignment">The draws; null if nothing is tried.</param>
[GenerateSerializer, Immutable, Alias("atlas.assigned-playbook")]
internal sealed record AssignedPlaybook([property: Id(0)] ResolvedPlaybook Playbook, [property: Id(1)] SessionAssignment? Assignment);
