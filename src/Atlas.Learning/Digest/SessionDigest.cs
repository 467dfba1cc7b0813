using System.Collections.Immutable;

namespace Atlas.Learning.Digest;

/// <summary>What a synthesizer needs of one session: at most 8 kB of JSON, however long the session was.</summary>
/// <remarks>Written and read through <see cref="Json.AtlasJson"/>. Only words in lower case that are not joined to anything are kept, which
/// leaves out names, codes, numbers and identifiers.</remarks>
public sealed record SessionDigest
{
    /// <summary>Identifies the task's text: 16 lower-case hex digits, equal for two sessions of the same task.</summary>
    /// <value>Blank in a digest that was made without a task.</value>
    public string TaskKey { get; init; } = "";

    /// <summary>Distinct words of the task, in ordinal order.</summary>
    public ImmutableArray<string> TaskWords { get; init; } = [];

    /// <summary>Names of the tools in the order of their calls; a tool called several times in a row is named once.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Distinct words of the student's own messages, in ordinal order.</summary>
    public ImmutableArray<string> StudentWords { get; init; } = [];

    /// <summary>The number of tool calls, including repeated ones.</summary>
    public int ToolCalls { get; init; }

    /// <summary>The number of the student's messages that had text.</summary>
    public int StudentMessages { get; init; }

    /// <summary>The number of events read, of all kinds.</summary>
    public int Events { get; init; }

    /// <summary>True if tools or words were left out to keep the digest small.</summary>
    public bool Truncated { get; init; }

    /// <summary>Compares by content; the arrays are compared element by element.</summary>
    public bool Equals(SessionDigest? other) =>
        other is not null
        && TaskKey == other.TaskKey
        && TaskWords.AsSpan().SequenceEqual(other.TaskWords.AsSpan())
        && Tools.AsSpan().SequenceEqual(other.Tools.AsSpan())
        && StudentWords.AsSpan().SequenceEqual(other.StudentWords.AsSpan())
        && (ToolCalls, StudentMessages, Events, Truncated)
            == (other.ToolCalls, other.StudentMessages, other.Events, other.Truncated);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TaskKey, Tools.Length, StudentWords.Length, ToolCalls, Events);

    /// <summary>Whether the session called this tool; the spelling must be the same.</summary>
    public bool Called(string tool) => Tools.Contains(tool, StringComparer.Ordinal);
}
