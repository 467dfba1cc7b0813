using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Learning.Playbooks;

/// <summary>What a learning key has learned: a text per role, the entries, and the rest of the registry's metadata.</summary>
/// <remarks>On the wire this is the learning state <c>{student_learning, teacher_learning, metadata}</c>, with the entries
/// at <c>metadata.playbook_entries</c>. Immutable by convention.</remarks>
public sealed record LearnedPlaybook
{
    public static LearnedPlaybook Empty { get; } = new();

    public string StudentText { get; init; } = "";

    public string? TeacherText { get; init; }

    public ImmutableArray<PlaybookEntry> Entries { get; init; } = [];

    /// <summary>All other keys of the registry's metadata, as they are written: summary, last evaluation, last failure,
    /// pruned entries, and what a synthesizer added.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Metadata { get; init; } =
        ImmutableSortedDictionary<string, JsonElement>.Empty.WithComparers(StringComparer.Ordinal);
}
