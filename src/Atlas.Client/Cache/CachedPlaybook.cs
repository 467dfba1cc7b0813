using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Cache;

/// <summary>The last playbook of one role and learning key that a cluster gave, as it was found on disk.</summary>
/// <param name="LearningKey">The key it belongs to.</param>
/// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
/// <param name="Version">Number of the version; at least 1.</param>
/// <param name="UpdatedAt">When that version became current; null if unknown.</param>
/// <param name="InjectionMode"><c>prefix</c> or <c>suffix</c>.</param>
/// <param name="ApplyToPrompts">Whether it may be injected.</param>
/// <param name="Playbook">Text, hash and block; the hash has been checked.</param>
/// <param name="StoredAt">When the cluster gave it.</param>
public sealed record CachedPlaybook(
    string LearningKey,
    string Role,
    int Version,
    DateTimeOffset? UpdatedAt,
    string InjectionMode,
    bool ApplyToPrompts,
    RolePlaybook Playbook,
    DateTimeOffset StoredAt);
