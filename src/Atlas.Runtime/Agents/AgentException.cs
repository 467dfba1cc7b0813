namespace Atlas.Runtime.Agents;

/// <summary>The exception thrown if an agent, or one of its tools, gives no answer. The message is a sentence that says why and never
/// contains a key.</summary>
public sealed class AgentException : Exception
{
    public AgentException(string message) : base(message)
    {
    }

    public AgentException(string message, Exception inner) : base(message, inner)
    {
    }
}
