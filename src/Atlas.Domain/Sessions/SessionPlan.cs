using System.Collections.Immutable;

namespace Atlas.Domain.Sessions;

/// <summary>A plan. Stored as <c>plans.plan</c>.</summary>
/// <param name="Steps">The steps in the order in which they were written.</param>
/// <param name="ExecutionMode">How they are executed.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-plan")]
public sealed record SessionPlan([property: Id(0)] ImmutableArray<PlanStep> Steps, [property: Id(1)] PlanExecution ExecutionMode)
{
    /// <summary>Creates a plan with one step.</summary>
    /// <param name="description">What to do.</param>
    /// <param name="executionMode">How the step is executed.</param>
    public static SessionPlan OfOne(string description, PlanExecution executionMode) => new([new PlanStep(1, description, [])], executionMode);
}
