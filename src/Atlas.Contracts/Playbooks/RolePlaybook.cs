using System.Collections.Immutable;

namespace Atlas.Contracts.Playbooks;

/// <summary>One role's part of a playbook, as it is injected.</summary>
/// <param name="Text">The injected text: preface and entries, within the configured limit.</param>
/// <param name="Sha256">The SHA-256 of that text in UTF-8, 64 lower-case hex digits.</param>
/// <param name="Block">The text between its delimiters, as it goes into a prompt.</param>
[GenerateSerializer, Immutable, Alias("atlas.role-playbook")]
public sealed record RolePlaybook(
    [property: Id(0)] string Text,
    [property: Id(1)] string Sha256,
    [property: Id(2)] string Block)
{
    /// <summary>Gets the SHA-256 of the version's own text, as stored in <c>learning_registry</c>. It is the same for every session,
    /// whatever part of the version the session gets.</summary>
    [Id(3)]
    public string VersionSha256 { get; init; } = Sha256;

    /// <summary>Gets where each entry is in the text. In a text that was not rendered, an entry can occur several times or not at all.</summary>
    [Id(4)]
    public ImmutableArray<EntrySpan> Spans { get; init; } = [];

    /// <summary>Gets how many UTF-16 units of a preface that was too long were kept; null if it was not shortened.</summary>
    [Id(5)]
    public int? PrefaceKept { get; init; }

    /// <summary>Gets the mark after a shortened preface, <c>...</c>; empty if there is none.</summary>
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

/// <summary>The position of an entry in a text.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="Start">The index of its first UTF-16 unit.</param>
/// <param name="Length">The number of its UTF-16 units, including the line break before it.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-span")]
public readonly record struct EntrySpan([property: Id(0)] string EntryId, [property: Id(1)] int Start, [property: Id(2)] int Length);
