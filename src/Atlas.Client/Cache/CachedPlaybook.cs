using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Client.Cache;

/// <summary>The last playbook that a cluster returned for a role and learning key, as read from disk.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
/// <param name="Version">The version's number; at least 1.</param>
/// <param name="UpdatedAt">When the version became current; null if unknown.</param>
/// <param name="InjectionMode">Where the playbook goes in a prompt.</param>
/// <param name="ApplyToPrompts">Whether the playbook can be injected.</param>
/// <param name="Playbook">Text, hash and block; the hash is verified.</param>
/// <param name="StoredAt">When the cluster returned it.</param>
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
    /// <summary>Gets the entries given to this role.</summary>
    public ImmutableArray<GivenEntry> Entries { get; init; } = [];

    /// <summary>Gets the playbook in the form the cluster returns.</summary>
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
