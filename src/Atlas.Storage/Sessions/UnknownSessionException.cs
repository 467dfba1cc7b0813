using System.Globalization;

namespace Atlas.Storage.Sessions;

/// <summary>There is no session with that number.</summary>
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

    /// <summary>The number that was asked for; 0 if the exception was made from a message.</summary>
    public long SessionId { get; }
}
