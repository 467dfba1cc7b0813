using System.Collections.Immutable;

namespace Atlas.Storage.Retention;

/// <summary>A partition of events that would be dropped.</summary>
/// <param name="Name">The table.</param>
/// <param name="Events">Events that would be removed.</param>
/// <param name="KeptEvents">Events in it that stay, because a playbook cites their sessions.</param>
/// <param name="Bytes">Its size on disk, including indexes.</param>
public sealed record RetiredPartition(string Name, long Events, long KeptEvents, long Bytes);

/// <summary>What a policy would remove now.</summary>
/// <param name="Partitions">Partitions of events that would be dropped.</param>
/// <param name="SessionsWithoutEvents">Sessions in other partitions whose events would be removed individually.</param>
/// <param name="Sessions">Sessions that would be removed with everything that belongs to them.</param>
/// <param name="Cited">Sessions that stay whatever their age, because a living playbook cites them or they wait to teach; 0 if the policy
/// does not keep them.</param>
public sealed record RetentionPlan(ImmutableArray<RetiredPartition> Partitions, long SessionsWithoutEvents, long Sessions, long Cited);

/// <summary>What was removed.</summary>
/// <param name="Partitions">Partitions of events that were dropped.</param>
/// <param name="Events">Events removed with them or individually, without those of removed sessions.</param>
/// <param name="Sessions">Sessions removed with everything that belonged to them.</param>
public sealed record RetentionOutcome(int Partitions, long Events, long Sessions);
