using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Contracts.Forgetting;

/// <summary>Selects the sessions to forget: by number, by a text that occurs in them, or by a filter. Several criteria are combined with
/// AND.</summary>
[GenerateSerializer, Immutable, Alias("atlas.forget-request")]
public sealed record ForgetRequest
{
    /// <summary>Gets the numbers of the sessions; empty for all.</summary>
    [Id(0)]
    public ImmutableArray<long> Sessions { get; init; } = [];

    /// <summary>Gets the text that must occur in a session's records: at least three characters, ignoring case. Unless there is a
    /// filter, the text is also removed from playbooks and everything else that is stored, within <see cref="KeyPrefix"/> and
    /// <see cref="ExceptKeyPrefix"/>. Null for no text.</summary>
    [Id(1)]
    public string? Subject { get; init; }

    /// <summary>Gets the filter that sessions must match; null for all.</summary>
    [Id(2)]
    public ForgetFilter? Where { get; init; }

    /// <summary>Gets the prefix that a session's learning key must have; null for all.</summary>
    [Id(3)]
    public string? KeyPrefix { get; init; }

    /// <summary>Gets the prefix of learning keys whose sessions are excluded; null to exclude none.</summary>
    [Id(4)]
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Gets a value indicating whether to report what would be forgotten without changing anything.</summary>
    [Id(5)]
    public bool DryRun { get; init; }
}

/// <summary>A filter on properties of sessions.</summary>
[GenerateSerializer, Immutable, Alias("atlas.forget-filter")]
public sealed record ForgetFilter
{
    /// <summary>Gets the learning key.</summary>
    [Id(0)]
    public string? LearningKey { get; init; }

    /// <summary>Gets the external id.</summary>
    [Id(1)]
    public string? ExternalId { get; init; }

    /// <summary>Gets the status.</summary>
    [Id(2)]
    public SessionStatus? Status { get; init; }

    /// <summary>Gets the review status.</summary>
    [Id(3)]
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Gets the time before which a session started.</summary>
    [Id(4)]
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets the time at or after which a session started.</summary>
    [Id(5)]
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets members of the session's metadata, as <c>user</c> or <c>user.id</c>, with their values as text. All of them must
    /// match.</summary>
    [Id(6)]
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>What was forgotten, or would be.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Keys">The result for each learning key.</param>
/// <param name="More">Whether more is to be forgotten than one call does, which ends after 10,000 sessions, or with the learning key at which it has
/// taken ten seconds. Repeat the call for the rest.</param>
[GenerateSerializer, Immutable, Alias("atlas.forget-outcome")]
public sealed record ForgetOutcome([property: Id(0)] bool DryRun, [property: Id(1)] ImmutableArray<ForgottenKey> Keys, [property: Id(2)] bool More);

/// <summary>What was forgotten of a learning key.</summary>
/// <param name="LearningKey">The key; null for sessions without one.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Events">Events of the key's journal that lost content.</param>
/// <param name="Versions">Versions of the playbook that lost content.</param>
/// <param name="Withdrawn">Entries that were learned from these sessions alone.</param>
/// <param name="LostSupport">Entries that stay with less support.</param>
[GenerateSerializer, Immutable, Alias("atlas.forgotten-key")]
public sealed record ForgottenKey(
    [property: Id(0)] string? LearningKey,
    [property: Id(1)] ImmutableArray<long> Sessions,
    [property: Id(2)] int Events = 0,
    [property: Id(3)] int Versions = 0,
    [property: Id(4)] ImmutableArray<string> Withdrawn = default,
    [property: Id(5)] ImmutableArray<string> LostSupport = default);
