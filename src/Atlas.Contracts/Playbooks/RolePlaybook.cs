using System.Collections.Immutable;

namespace Atlas.Contracts.Playbooks;

/// <summary>One role's part of a playbook, as it is injected.</summary>
/// <param name="Text">The text that is injected: preface and entries, within the configured limit.</param>
/// <param name="Sha256">SHA-256 of that text in UTF-8, 64 lower-case hex digits.</param>
/// <param name="Block">The text between its delimiters, as it goes into a prompt.</param>
[GenerateSerializer, Immutable, Alias("atlas.role-playbook")]
public sealed record RolePlaybook(
    [property: Id(0)] string Text,
    [property: Id(1)] string Sha256,
    [property: Id(2)] string Block)
{
    /// <summary>SHA-256 of the version's own text, the one in <c>learning_registry</c>: the same for every session, whatever it is
    /// given of it.</summary>
    [Id(3)]
    public string VersionSha256 { get; init; } = Sha256;

    /// <summary>Where in the text each entry stands. An entry of a text that was not rendered may stand at several places, or at none.</summary>
    [Id(4)]
    public ImmutableArray<EntrySpan> Spans { get; init; } = [];

    /// <summary>If the preface was too long: how many UTF-16 units of it were kept. Null if it was not.</summary>
    [Id(5)]
    public int? PrefaceKept { get; init; }

    /// <summary>What stands behind a shortened preface, <c>...</c>; empty if nothing.</summary>
    [Id(6)]
    public string PrefaceMark { get; init; } = "";

    /// <summary>Compares by content.</summary>
    public bool Equals(RolePlaybook? other) =>
        other is not null
        && (Sha256, VersionSha256, Block, PrefaceKept, PrefaceMark) == (other.Sha256, other.VersionSha256, other.Block, other.PrefaceKept, other.PrefaceMark)
        && Spans.AsSpan().SequenceEqual(other.Spans.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sha256, Block);
}

/// <summary>Where an entry stands in a text.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">How many UTF-16 units belong to it, the line break before it among them.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-span")]
public readonly record struct EntrySpan([property: Id(0)] string EntryId, [property: Id(1)] int Start, [property: Id(2)] int Length);
