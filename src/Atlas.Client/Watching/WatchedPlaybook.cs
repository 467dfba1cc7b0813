using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

/// <summary>A playbook seen by a watch.</summary>
/// <param name="Playbook">The playbook that became current, or was current when the watch started.</param>
/// <param name="Missed">How many versions came and went since the previous one seen; 0 for none.</param>
public sealed record WatchedPlaybook(ResolvedPlaybook Playbook, int Missed);
