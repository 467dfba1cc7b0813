using System.Collections.Immutable;

namespace Atlas.Domain.Sessions;

/// <summary>A plan. Stored as <c>plans.plan</c>.</summary>
/// <param name="Steps">Its steps in the order in which they were written.</param>
/// <param name="ExecutionMode">How they are done.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-plan")]
public sealed record SessionPlan([property: Id(0)] ImmutableArray<PlanStep> Steps, [property: Id(1)] PlanExecution ExecutionMode)
{
    /// <summary>A plan of one step.</summary>
    /// <param name="description">What is to be done.</param>
    /// <param name="executionMode">How.</param>
    public static SessionPlan OfOne(string description, PlanExecution executionMode) => new([new PlanStep(1, description, [])], executionMode);
}
