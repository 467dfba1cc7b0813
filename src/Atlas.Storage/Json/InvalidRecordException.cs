namespace Atlas.Storage.Json;

/// <summary>The exception thrown if a record cannot be stored as it is. The message says what is wrong with it; nothing was
/// stored.</summary>
public sealed class InvalidRecordException : Exception
{
    /// <inheritdoc/>
    public InvalidRecordException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidRecordException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public InvalidRecordException()
    {
    }
}
