using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>A playbook that a silo can use for a while without asking again.</summary>
/// <param name="Playbook">The current playbook.</param>
/// <param name="Duration">The duration, counted from before the silo asked; zero if it must not be kept.</param>
[GenerateSerializer, Immutable, Alias("atlas.playbook-loan")]
internal sealed record PlaybookLoan([property: Id(0)] ResolvedPlaybook Playbook, [property: Id(1)] TimeSpan Duration);
