namespace Atlas.Database;

/// <summary>The exception thrown if a database cannot be used now. The message says why and what to do, and contains no password.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    public DatabaseUnavailableException(DatabaseFailure failure, Exception inner) : base(failure.ToString(), inner) => Failure = failure;

    public DatabaseUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    public DatabaseUnavailableException(string message) : base(message)
    {
    }

    public DatabaseUnavailableException()
    {
    }

    /// <summary>The failure; null if only the message describes it.</summary>
    public DatabaseFailure? Failure { get; }
}
