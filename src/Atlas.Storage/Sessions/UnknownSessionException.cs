using System.Globalization;

namespace Atlas.Storage.Sessions;

/// <summary>The exception thrown if no session has a number.</summary>
public sealed class UnknownSessionException : Exception
{
    public UnknownSessionException(long sessionId)
        : base(string.Create(CultureInfo.InvariantCulture, $"There is no session {sessionId}."))
    {
        SessionId = sessionId;
    }

    public UnknownSessionException(string message) : base(message)
    {
    }

    public UnknownSessionException(string message, Exception inner) : base(message, inner)
    {
    }

    public UnknownSessionException()
    {
    }

    /// <summary>The requested number; 0 if the exception was created from a message.</summary>
    public long SessionId { get; }
}
