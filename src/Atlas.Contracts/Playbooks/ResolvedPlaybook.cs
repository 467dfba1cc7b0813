using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Experiments;

namespace Atlas.Contracts.Playbooks;

/// <summary>A playbook ready for the prompts of one session. One immutable value, so that it travels without a copy.</summary>
/// <param name="LearningKey">The key it belongs to.</param>
/// <param name="Version">Number of the version; 0 while the key has learned nothing.</param>
/// <param name="UpdatedAt">When that version was made; null while there is none.</param>
/// <param name="InjectionMode">Where it stands in a prompt.</param>
/// <param name="ApplyToPrompts">False: keep the blocks out of the prompts; hashes still go with the telemetry.</param>
/// <param name="EntryCount">How many entries it has, for all roles.</param>
/// <param name="Student">What the student is told; null if there is nothing to tell.</param>
/// <param name="Teacher">What the teacher is told; null if there is nothing to tell.</param>
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
    /// <summary>The entries that are given, the student's first, and of each role the most proven first. Cues and adoptions are
    /// looked for with exactly these.</summary>
    [Id(9)]
    public ImmutableArray<GivenEntry> Entries { get; init; } = [];

    /// <summary>Entries that are withheld from this session. Empty but for a session's own playbook.</summary>
    [Id(10)]
    public ImmutableArray<GivenEntry> Withheld { get; init; } = [];

    /// <summary>Ids of entries for which there was no room within the limit of the text.</summary>
    [Id(11)]
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>The arm of an experiment that the session is in, and what it is to do otherwise; null for none.</summary>
    [Id(12)]
    public ExperimentArm? Arm { get; init; }

    /// <summary>For a relaxed read: how long ago this was known to be current. Null for a strict read, which has no age.</summary>
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
