using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Client.Cache;

/// <summary>The last playbook of one role and learning key that a cluster gave, as it was found on disk.</summary>
/// <param name="LearningKey">The key it belongs to.</param>
/// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
/// <param name="Version">Number of the version; at least 1.</param>
/// <param name="UpdatedAt">When that version became current; null if unknown.</param>
/// <param name="InjectionMode">Where it stands in a prompt.</param>
/// <param name="ApplyToPrompts">Whether it may be injected.</param>
/// <param name="Playbook">Text, hash and block; the hash has been checked.</param>
/// <param name="StoredAt">When the cluster gave it.</param>
public sealed record CachedPlaybook(
    string LearningKey,
    string Role,
    int Version,
    DateTimeOffset? UpdatedAt,
    InjectionMode InjectionMode,
    bool ApplyToPrompts,
    RolePlaybook Playbook,
    DateTimeOffset StoredAt)
{
    /// <summary>The entries of this role that were given.</summary>
    public ImmutableArray<GivenEntry> Entries { get; init; } = [];

    /// <summary>As the cluster would give it.</summary>
    [JsonIgnore]
    public ResolvedPlaybook Resolved => new(
        LearningKey, Version, UpdatedAt, InjectionMode, ApplyToPrompts, Entries.Length,
        Role == "teacher" ? null : Playbook, Role == "teacher" ? Playbook : null)
    {
        Entries = Entries,
    };

    /// <summary>Compares by content.</summary>
    public bool Equals(CachedPlaybook? other) =>
        other is not null
        && (LearningKey, Role, Version, UpdatedAt, InjectionMode, ApplyToPrompts, Playbook, StoredAt)
            == (other.LearningKey, other.Role, other.Version, other.UpdatedAt, other.InjectionMode, other.ApplyToPrompts, other.Playbook, other.StoredAt)
        && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LearningKey, Role, Version, Playbook, StoredAt);
}
