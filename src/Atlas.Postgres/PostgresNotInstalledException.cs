namespace Atlas.Postgres;

/// <summary>The exception thrown if no suitable PostgreSQL server is installed. The message says how to get one.</summary>
public sealed class PostgresNotInstalledException : Exception
{
    /// <param name="message">What is missing, and the command that installs it.</param>
    /// <param name="installCommand">That command alone; null if it is unknown for this system.</param>
    public PostgresNotInstalledException(string message, string? installCommand) : base(message)
    {
        InstallCommand = installCommand;
    }

    public PostgresNotInstalledException(string message) : base(message)
    {
    }

    public PostgresNotInstalledException(string message, Exception inner) : base(message, inner)
    {
    }

    public PostgresNotInstalledException()
    {
    }

    /// <summary>The command that installs it, to be run by an administrator; null if it is unknown for this system.</summary>
    public string? InstallCommand { get; }
}
