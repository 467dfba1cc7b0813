using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Contracts.Forgetting;

/// <summary>Which sessions are to be forgotten: those of a list, those that a text stands in, or those that pass a filter. What is named more than once narrows it down.</summary>
[GenerateSerializer, Immutable, Alias("atlas.forget-request")]
public sealed record ForgetRequest
{
    /// <summary>Only sessions of these numbers; empty for all.</summary>
    [Id(0)]
    public ImmutableArray<long> Sessions { get; init; } = [];

    /// <summary>Only sessions in whose records this text stands, at least three characters, without regard to case. It also goes from playbooks and
    /// from all else that is stored. Null for none.</summary>
    [Id(1)]
    public string? Subject { get; init; }

    /// <summary>Only sessions that pass this; null for all.</summary>
    [Id(2)]
    public ForgetFilter? Where { get; init; }

    /// <summary>Only sessions whose learning key begins so; null for all.</summary>
    [Id(3)]
    public string? KeyPrefix { get; init; }

    /// <summary>Leaves out sessions whose learning key begins so; null leaves none out.</summary>
    [Id(4)]
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Whether it is only told what would be forgotten.</summary>
    [Id(5)]
    public bool DryRun { get; init; }
}

/// <summary>What sessions have in common.</summary>
[GenerateSerializer, Immutable, Alias("atlas.forget-filter")]
public sealed record ForgetFilter
{
    /// <summary>Of this learning key.</summary>
    [Id(0)]
    public string? LearningKey { get; init; }

    /// <summary>With this external id.</summary>
    [Id(1)]
    public string? ExternalId { get; init; }

    /// <summary>Of this status.</summary>
    [Id(2)]
    public SessionStatus? Status { get; init; }

    /// <summary>Of this review status.</summary>
    [Id(3)]
    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Begun before.</summary>
    [Id(4)]
    public DateTimeOffset? Before { get; init; }

    /// <summary>Begun at this time or later.</summary>
    [Id(5)]
    public DateTimeOffset? After { get; init; }

    /// <summary>Members of the session's metadata, as <c>user</c> or <c>user.id</c>, with the text of their values; all of them.</summary>
    [Id(6)]
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>What was forgotten, or would be.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Keys">Key by key.</param>
/// <param name="More">Whether more sessions are meant than are forgotten at once; ask again for the rest.</param>
[GenerateSerializer, Immutable, Alias("atlas.forget-outcome")]
public sealed record ForgetOutcome([property: Id(0)] bool DryRun, [property: Id(1)] ImmutableArray<ForgottenKey> Keys, [property: Id(2)] bool More);

/// <summary>What was forgotten of a learning key.</summary>
/// <param name="LearningKey">The key; null for sessions without one.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="Events">Events of its journal that say less than before.</param>
/// <param name="Versions">Versions of its playbook that do.</param>
/// <param name="Withdrawn">Entries that rested on these sessions alone.</param>
/// <param name="LostSupport">Entries that stay, with less behind them.</param>
[GenerateSerializer, Immutable, Alias("atlas.forgotten-key")]
public sealed record ForgottenKey(
    [property: Id(0)] string? LearningKey,
    [property: Id(1)] ImmutableArray<long> Sessions,
    [property: Id(2)] int Events = 0,
    [property: Id(3)] int Versions = 0,
    [property: Id(4)] ImmutableArray<string> Withdrawn = default,
    [property: Id(5)] ImmutableArray<string> LostSupport = default);
