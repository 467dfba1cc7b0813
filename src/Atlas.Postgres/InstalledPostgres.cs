namespace Atlas.Postgres;

/// <summary>Tells which PostgreSQL server a private database would be made of.</summary>
public static class InstalledPostgres
{
    /// <summary>Version and place of the newest server that is installed, for people to read.</summary>
    /// <exception cref="PostgresNotInstalledException">None is installed; the message says how to get one.</exception>
    public static async Task<string> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var binaries = await new PostgresFinder().FindAsync(null, null, cancellationToken).ConfigureAwait(false);
        return $"PostgreSQL {binaries.Major} in {binaries.Directory}";
    }
}
