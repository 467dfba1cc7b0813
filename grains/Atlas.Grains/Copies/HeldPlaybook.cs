using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Copies;

/// <summary>What a silo holds of a key.</summary>
/// <param name="Playbook">The copy.</param>
/// <param name="AsOf">When it was asked for; it was current then or later.</param>
/// <param name="Until">Until when it may be taken for current; both by this process's own clock.</param>
/// <param name="IsOld">Whether the owner has said that there is a newer one.</param>
internal sealed record HeldPlaybook(ResolvedPlaybook Playbook, long AsOf, long Until, bool IsOld);
