using System.Collections.Immutable;

namespace Atlas.Learning.Injection;

/// <summary>A system prompt with its playbook, block by block in the order in which a model is sent them.</summary>
/// <param name="Blocks">The blocks; none is empty.</param>
/// <param name="PlaybookIndex">Which of them is the playbook; null if there is none.</param>
/// <param name="Breakpoint">Index of the last block of the stable prefix: up to and with it, nothing varies with the playbook.
/// This is where a provider that wants its prompt cache marked is told so. Null if nothing is stable.</param>
public sealed record InjectedPrompt(ImmutableArray<string> Blocks, int? PlaybookIndex, int? Breakpoint)
{
    /// <summary>The whole prompt as one text, its blocks separated by a blank line.</summary>
    public string Text => string.Join(PromptInjection.Separator, Blocks);

    /// <summary>What every call begins with, whatever the playbook says; empty if nothing is stable.</summary>
    public string StablePrefix => Breakpoint is { } last ? string.Join(PromptInjection.Separator, Blocks[..(last + 1)]) : "";

    /// <summary>Compares by content; the blocks are compared one by one.</summary>
    public bool Equals(InjectedPrompt? other) =>
        other is not null
        && Blocks.AsSpan().SequenceEqual(other.Blocks.AsSpan())
        && (PlaybookIndex, Breakpoint) == (other.PlaybookIndex, other.Breakpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Blocks.Length, Blocks.FirstOrDefault(), PlaybookIndex, Breakpoint);
}
