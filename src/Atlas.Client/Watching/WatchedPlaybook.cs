using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

/// <summary>What a watch has seen.</summary>
/// <param name="Playbook">The playbook that became current, or was so when the watch began.</param>
/// <param name="Missed">How many versions came and went between this and the one seen before; 0 for none.</param>
public sealed record WatchedPlaybook(ResolvedPlaybook Playbook, int Missed);
