using System.Collections.Immutable;

namespace Atlas.Learning.Injection;

/// <summary>A system prompt with its playbook, block by block in the order sent to a model.</summary>
/// <param name="Blocks">The blocks; none is empty.</param>
/// <param name="PlaybookIndex">The index of the playbook; null if there is none.</param>
/// <param name="Breakpoint">The index of the last block of the stable prefix: nothing up to and including it varies with the playbook. This
/// is where to set the cache marker for a provider that needs one. Null if nothing is stable.</param>
public sealed record InjectedPrompt(ImmutableArray<string> Blocks, int? PlaybookIndex, int? Breakpoint)
{
    /// <summary>Gets the whole prompt as one text, with blank lines between blocks.</summary>
    public string Text => string.Join(PromptInjection.Separator, Blocks);

    /// <summary>The beginning that every call shares, whatever the playbook says; empty if nothing is stable.</summary>
    public string StablePrefix => Breakpoint is { } last ? string.Join(PromptInjection.Separator, Blocks[..(last + 1)]) : "";

    /// <summary>Compares by content; the blocks are compared one by one.</summary>
    public bool Equals(InjectedPrompt? other) =>
        other is not null
        && Blocks.AsSpan().SequenceEqual(other.Blocks.AsSpan())
        && (PlaybookIndex, Breakpoint) == (other.PlaybookIndex, other.Breakpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Blocks.Length, Blocks.FirstOrDefault(), PlaybookIndex, Breakpoint);
}
