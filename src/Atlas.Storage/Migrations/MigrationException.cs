namespace Atlas.Storage.Migrations;

/// <summary>The exception thrown if a script cannot be applied; nothing of that script remains in the database.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string message, Exception inner) : base(message, inner)
    {
    }

    public MigrationException(string message) : base(message)
    {
    }

    public MigrationException()
    {
    }
}
