namespace Atlas.Runtime.Agents;

/// <summary>An agent, or one of its tools, gave no answer. The message is a sentence that says why and never holds a key.</summary>
public sealed class AgentException : Exception
{
    public AgentException(string message) : base(message)
    {
    }

    public AgentException(string message, Exception inner) : base(message, inner)
    {
    }
}
