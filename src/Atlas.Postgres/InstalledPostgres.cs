namespace Atlas.Postgres;

/// <summary>Describes the PostgreSQL server that a private database would use.</summary>
public static class InstalledPostgres
{
    /// <summary>Returns version and location of the newest installed server, for people to read.</summary>
    /// <exception cref="PostgresNotInstalledException">No server is installed; the message says how to get one.</exception>
    public static async Task<string> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var binaries = await new PostgresFinder().FindAsync(null, null, cancellationToken).ConfigureAwait(false);
        return $"PostgreSQL {binaries.Major} in {binaries.Directory}";
    }
}
