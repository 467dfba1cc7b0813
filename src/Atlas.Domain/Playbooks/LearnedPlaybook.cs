using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Domain.Playbooks;

/// <summary>What a learning key has learned: a preface per role, the entries, and the rest of the registry's metadata.</summary>
/// <remarks>In <c>learning_registry</c> this is the learning state <c>{student_learning, teacher_learning, metadata}</c>, with the
/// entries at <c>metadata.playbook_entries</c> and the rendered texts as learnings. Immutable by convention.</remarks>
[GenerateSerializer, Immutable, Alias("atlas.learned-playbook")]
public sealed record LearnedPlaybook
{
    /// <summary>Nothing learned yet.</summary>
    public static LearnedPlaybook Empty { get; } = new();

    /// <summary>How its texts come about, one of <see cref="PlaybookForm"/>.</summary>
    [Id(0)]
    public string? Form { get; init; }

    /// <summary>What the student is told beside the entries: prose that belongs to none of them. In a playbook whose text stands as
    /// written this is all of it.</summary>
    [Id(1)]
    public string StudentPreface { get; init; } = "";

    /// <summary>The same for the teacher; null if there is none.</summary>
    [Id(2)]
    public string? TeacherPreface { get; init; }

    /// <summary>In the order in which they were accepted.</summary>
    [Id(3)]
    public ImmutableArray<PlaybookEntry> Entries { get; init; } = [];

    /// <summary>All other keys of the registry's metadata, as they are written: summary, last evaluation, last failure,
    /// pruned entries, and what a synthesizer added.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, JsonElement> Metadata { get; init; } =
        ImmutableSortedDictionary<string, JsonElement>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether its texts are rendered from preface and entries.</summary>
    public bool IsRendered => Form is not null;
}
