using System.Collections.Immutable;

namespace Atlas.Contracts.Playbooks;

/// <summary>Where a learning key stands.</summary>
/// <param name="Playbook">The current playbook.</param>
/// <param name="SessionsObserved">Finished sessions that were counted.</param>
/// <param name="SessionsApplied">Those among them that teach or have taught; each counted once.</param>
/// <param name="PendingSessionIds">Sessions that wait for the next synthesis.</param>
/// <param name="Frozen">Whether changes of the playbook are stopped.</param>
/// <param name="SynthesisFailure">Why the last synthesis failed; null if it did not.</param>
/// <param name="NewestVersion">The newest version; later than the current one while candidates wait.</param>
/// <param name="Staged">Whether new versions wait to be promoted.</param>
/// <param name="PinnedVersion">The version that the key is pinned to; null if it is not.</param>
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
    /// <summary>Not before then will there be a synthesis, after a failure or with the hour's budget used up; null if nothing
    /// holds it back.</summary>
    [Id(20)]
    public DateTimeOffset? SynthesisNotBefore { get; init; }
}
