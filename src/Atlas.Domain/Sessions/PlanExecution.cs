using System.Text.Json.Serialization;

namespace Atlas.Domain.Sessions;

/// <summary>How the steps of a plan are executed.</summary>
[GenerateSerializer, Alias("atlas.plan-execution")]
[JsonConverter(typeof(WireNameConverter<PlanExecution>))]
public enum PlanExecution
{
    /// <summary>One step at a time.</summary>
    Stepwise = 0,

    /// <summary>All steps in one go.</summary>
    SingleShot = 1,
}
