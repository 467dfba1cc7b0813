using System.Collections.Immutable;

namespace Atlas.Contracts.Playbooks;

/// <summary>The state of a learning key.</summary>
/// <param name="Playbook">The current playbook.</param>
/// <param name="SessionsObserved">The number of finished sessions that were counted.</param>
/// <param name="SessionsApplied">The number of those that teach or have taught; each counts once.</param>
/// <param name="PendingSessionIds">The sessions that wait for the next synthesis.</param>
/// <param name="Frozen">Whether changes of the playbook are stopped.</param>
/// <param name="SynthesisFailure">Why the last synthesis failed; null if it did not.</param>
/// <param name="NewestVersion">The newest version; higher than the current one while versions wait.</param>
/// <param name="Staged">Whether new versions wait to be promoted.</param>
/// <param name="PinnedVersion">The version that the key is pinned to; null if it is not pinned.</param>
[GenerateSerializer, Immutable, Alias("atlas.learning-key-description")]
public sealed record LearningKeyDescription(
    [property: Id(0)] ResolvedPlaybook Playbook,
    [property: Id(1)] long SessionsObserved,
    [property: Id(2)] long SessionsApplied,
    [property: Id(3)] ImmutableArray<long> PendingSessionIds,
    [property: Id(4)] bool Frozen,
    [property: Id(6)] string? SynthesisFailure,
    [property: Id(7)] int NewestVersion = 0,
    [property: Id(8)] bool Staged = false,
    [property: Id(9)] int? PinnedVersion = null)
{
    /// <summary>Gets the earliest time of the next synthesis after a failure or while the hour's budget is used up; null if nothing delays
    /// it.</summary>
    [Id(20)]
    public DateTimeOffset? SynthesisNotBefore { get; init; }
}
