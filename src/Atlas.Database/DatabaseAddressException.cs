namespace Atlas.Database;

/// <summary>The text that should name a database does not. The message says why, and never contains the password.</summary>
public sealed class DatabaseAddressException : Exception
{
    public DatabaseAddressException(string message) : base(message)
    {
    }

    public DatabaseAddressException(string message, Exception inner) : base(message, inner)
    {
    }

    public DatabaseAddressException()
    {
    }
}
