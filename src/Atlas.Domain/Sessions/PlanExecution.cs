using System.Text.Json.Serialization;

namespace Atlas.Domain.Sessions;

/// <summary>How the steps of a plan are done.</summary>
[GenerateSerializer, Alias("atlas.plan-execution")]
[JsonConverter(typeof(WireNameConverter<PlanExecution>))]
public enum PlanExecution
{
    /// <summary>Step by step, each by itself.</summary>
    Stepwise = 0,

    /// <summary>All in one go.</summary>
    SingleShot = 1,
}
