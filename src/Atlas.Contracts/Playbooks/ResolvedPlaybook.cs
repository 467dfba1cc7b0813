namespace Atlas.Contracts.Playbooks;

/// <summary>A playbook ready for the prompts of one session. One immutable value, so that it travels without a copy.</summary>
/// <param name="LearningKey">The key it belongs to.</param>
/// <param name="Version">Number of the version; 0 while the key has learned nothing.</param>
/// <param name="UpdatedAt">When that version was made; null while there is none.</param>
/// <param name="InjectionMode"><c>prefix</c> or <c>suffix</c>.</param>
/// <param name="ApplyToPrompts">False: keep the blocks out of the prompts; hashes still go with the telemetry.</param>
/// <param name="EntryCount">How many entries it has, for all roles.</param>
/// <param name="Student">What the student is told; null if there is nothing to tell.</param>
/// <param name="Teacher">What the teacher is told; null if there is nothing to tell.</param>
[GenerateSerializer, Immutable, Alias("atlas.resolved-playbook")]
public sealed record ResolvedPlaybook(
    [property: Id(0)] string LearningKey,
    [property: Id(1)] int Version,
    [property: Id(2)] DateTimeOffset? UpdatedAt,
    [property: Id(3)] string InjectionMode,
    [property: Id(4)] bool ApplyToPrompts,
    [property: Id(5)] int EntryCount,
    [property: Id(6)] RolePlaybook? Student,
    [property: Id(7)] RolePlaybook? Teacher)
{
    /// <summary>For a relaxed read: how long ago this was known to be current. Null for a strict read, which has no age.</summary>
    [Id(8)]
    public TimeSpan? Age { get; init; }
}
