namespace Atlas.Database;

/// <summary>The exception thrown if a text is not a database address. The message says why, and never contains the password.</summary>
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
