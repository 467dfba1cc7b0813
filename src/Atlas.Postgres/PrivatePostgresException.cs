namespace Atlas.Postgres;

/// <summary>The exception thrown if the private PostgreSQL cannot be created, started or stopped. The message says why, with the end of its
/// log.</summary>
public sealed class PrivatePostgresException : Exception
{
    public PrivatePostgresException(string message) : base(message)
    {
    }

    public PrivatePostgresException(string message, Exception inner) : base(message, inner)
    {
    }

    public PrivatePostgresException()
    {
    }
}
