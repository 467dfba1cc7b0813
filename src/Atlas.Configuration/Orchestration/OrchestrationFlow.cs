namespace Atlas.Configuration.Orchestration;

/// <summary>How a plan is executed.</summary>
public enum OrchestrationFlow
{
    /// <summary>Step by step along the dependencies, with a final answer made from the results.</summary>
    Stepwise,

    /// <summary>As one step that does everything at once, as the original does.</summary>
    SingleShot,
}
