using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Experiments;

namespace Atlas.Contracts.Playbooks;

/// <summary>A playbook ready for the prompts of one session. Immutable, so that Orleans passes it without copying.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Version">The number of the version; 0 while the key has learned nothing.</param>
/// <param name="UpdatedAt">When that version was created; null if there is none.</param>
/// <param name="InjectionMode">Where the playbook goes in a prompt.</param>
/// <param name="ApplyToPrompts">False to keep the blocks out of prompts; hashes are still reported with telemetry.</param>
/// <param name="EntryCount">The number of its entries, for all roles.</param>
/// <param name="Student">The student's part; null if there is none.</param>
/// <param name="Teacher">The teacher's part; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("atlas.resolved-playbook")]
public sealed record ResolvedPlaybook(
    [property: Id(0)] string LearningKey,
    [property: Id(1)] int Version,
    [property: Id(2)] DateTimeOffset? UpdatedAt,
    [property: Id(3)] InjectionMode InjectionMode,
    [property: Id(4)] bool ApplyToPrompts,
    [property: Id(5)] int EntryCount,
    [property: Id(6)] RolePlaybook? Student,
    [property: Id(7)] RolePlaybook? Teacher)
{
    /// <summary>Gets the given entries, the student's first, and for each role the best proven first. Cues and adoptions are detected for
    /// exactly these entries.</summary>
    [Id(9)]
    public ImmutableArray<GivenEntry> Entries { get; init; } = [];

    /// <summary>Gets the entries withheld from this session. Always empty except in a session's own playbook.</summary>
    [Id(10)]
    public ImmutableArray<GivenEntry> Withheld { get; init; } = [];

    /// <summary>Gets the ids of entries that did not fit into the limit of the text.</summary>
    [Id(11)]
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>Gets the arm of an experiment that the session is in, with its settings; null if it is in none.</summary>
    [Id(12)]
    public ExperimentArm? Arm { get; init; }

    /// <summary>Gets how long ago a relaxed read's playbook was known to be current; null for a strict read, which has no age.</summary>
    [Id(8)]
    public TimeSpan? Age { get; init; }

    /// <summary>Compares by content.</summary>
    public bool Equals(ResolvedPlaybook? other) =>
        other is not null
        && (LearningKey, Version, UpdatedAt, InjectionMode, ApplyToPrompts, EntryCount, Age)
            == (other.LearningKey, other.Version, other.UpdatedAt, other.InjectionMode, other.ApplyToPrompts, other.EntryCount, other.Age)
        && Student == other.Student
        && Teacher == other.Teacher
        && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan())
        && Withheld.AsSpan().SequenceEqual(other.Withheld.AsSpan())
        && LeftOut.AsSpan().SequenceEqual(other.LeftOut.AsSpan())
        && Arm == other.Arm;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LearningKey, Version, UpdatedAt, ApplyToPrompts, Student, Teacher);
}
