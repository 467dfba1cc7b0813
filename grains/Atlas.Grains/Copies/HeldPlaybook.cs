using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>A silo's copy of a key's playbook.</summary>
/// <param name="Playbook">The copy.</param>
/// <param name="AsOf">The time of the request; the copy was current then or later.</param>
/// <param name="Until">Until when it counts as current; both times are by this process's own clock.</param>
/// <param name="IsOld">Whether the owner has reported a newer one.</param>
internal sealed record HeldPlaybook(ResolvedPlaybook Playbook, long AsOf, long Until, bool IsOld);
