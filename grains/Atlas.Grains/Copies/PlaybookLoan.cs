using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>A playbook that a silo may use for a while without asking again.</summary>
/// <param name="Playbook">The current one.</param>
/// <param name="Duration">How long, counted from before the silo asked; zero if it may not keep it at all.</param>
[GenerateSerializer, Immutable, Alias("atlas.playbook-loan")]
internal sealed record PlaybookLoan([property: Id(0)] ResolvedPlaybook Playbook, [property: Id(1)] TimeSpan Duration);
