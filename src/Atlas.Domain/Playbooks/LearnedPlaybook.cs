using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Domain.Playbooks;

/// <summary>What a learning key has learned: a preface per role, the entries, and the rest of the registry's metadata.</summary>
/// <remarks>In <c>learning_registry</c> this is the learning state <c>{student_learning, teacher_learning, metadata}</c>, with the entries
/// at <c>metadata.playbook_entries</c> and the rendered texts as learnings. Immutable by convention.</remarks>
[GenerateSerializer, Immutable, Alias("atlas.learned-playbook")]
public sealed record LearnedPlaybook
{
    /// <summary>Gets the playbook of a key that has learned nothing.</summary>
    public static LearnedPlaybook Empty { get; } = new();

    /// <summary>Gets how its texts are made, one of <see cref="PlaybookForm"/>.</summary>
    [Id(0)]
    public string? Form { get; init; }

    /// <summary>Gets the student's prose beside the entries. In a playbook whose text is as written, this is the whole text.</summary>
    [Id(1)]
    public string StudentPreface { get; init; } = "";

    /// <summary>Gets the same for the teacher; null if there is none.</summary>
    [Id(2)]
    public string? TeacherPreface { get; init; }

    /// <summary>Gets the entries in the order in which they were accepted.</summary>
    [Id(3)]
    public ImmutableArray<PlaybookEntry> Entries { get; init; } = [];

    /// <summary>Gets all other keys of the registry's metadata as written: summary, last evaluation, last failure, pruned entries, and what
    /// a synthesizer added.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, JsonElement> Metadata { get; init; } =
        ImmutableSortedDictionary<string, JsonElement>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether its texts are rendered from preface and entries.</summary>
    public bool IsRendered => Form is not null;
}
