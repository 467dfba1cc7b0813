namespace Atlas.Runtime.Agents;

/// <summary>What an agent is asked for.</summary>
public enum AgentMode
{
    /// <summary>A plan, as JSON.</summary>
    Planning,

    /// <summary>The work of a step, or the next move in it.</summary>
    Execution,

    /// <summary>The execution of a tool that the agent only declared.</summary>
    Tool,

    /// <summary>The final answer, from the results of the steps.</summary>
    Synthesis,
}
