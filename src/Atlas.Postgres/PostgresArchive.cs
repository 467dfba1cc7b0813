using Npgsql;

namespace Atlas.Postgres;

/// <summary>Dumps a database into a file and restores it, with PostgreSQL's own pg_dump and pg_restore.</summary>
/// <remarks>The file has pg_dump's custom format: compressed, and readable with pg_restore, also without Atlas.</remarks>
public sealed class PostgresArchive
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly string _directory;
    private readonly string _uri;
    private readonly string? _password;

    private PostgresArchive(string directory, string uri, string? password) => (_directory, _uri, _password) = (directory, uri, password);

    /// <summary>Finds the programs.</summary>
    /// <param name="uriWithoutPassword">The database as a libpq address, without the password, which would be visible in the list of
    /// processes.</param>
    /// <param name="connectionString">The same for Npgsql, with the password.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="PostgresNotInstalledException">The programs are not installed.</exception>
    public static async Task<PostgresArchive> OfAsync(string uriWithoutPassword, string connectionString, CancellationToken cancellationToken = default)
    {
        var binaries = await new PostgresFinder().FindAsync(null, null, cancellationToken).ConfigureAwait(false);
        var place = ((string[])[binaries.Directory, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)])
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "pg_dump")) && File.Exists(Path.Combine(directory, "pg_restore")));
        return place is null
            ? throw new PostgresNotInstalledException("pg_dump and pg_restore are not installed. They come with PostgreSQL's client programs, such as the package postgresql-client.")
            : new PostgresArchive(place, uriWithoutPassword, new NpgsqlConnectionStringBuilder(connectionString).Password);
    }

    /// <summary>Dumps the database as it is at one moment, while it is in use, and reads the file's table of contents back.</summary>
    /// <param name="file">The file.</param>
    /// <param name="snapshot">The snapshot, from <c>pg_export_snapshot</c> in a transaction that is still open; null for now.</param>
    /// <param name="cancellationToken">Cancels the dump.</param>
    /// <exception cref="PrivatePostgresException">The file could not be written; the message is the program's.</exception>
    public async Task WriteAsync(string file, string? snapshot = null, CancellationToken cancellationToken = default)
    {
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", .. (string[])(snapshot is null ? [] : [$"--snapshot={snapshot}"]), $"--file={file}", $"--dbname={_uri}"], cancellationToken).ConfigureAwait(false);
        await RunAsync("pg_restore", ["--list", file], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Restores a file over what the database contains: completely, or not at all.</summary>
    /// <exception cref="PrivatePostgresException">The file could not be restored; the database is unchanged.</exception>
    public Task PutBackAsync(string file, CancellationToken cancellationToken = default) => RunAsync(
        "pg_restore", ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", $"--dbname={_uri}", file], cancellationToken);

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var answer = await ProcessRunner.RunAsync(
            Path.Combine(_directory, program), arguments, Longest, cancellationToken, new Dictionary<string, string?> { ["PGPASSWORD"] = _password }).ConfigureAwait(false);
        if (answer.ExitCode != 0)
        {
            throw new PrivatePostgresException($"{program} failed: {answer.Output}");
        }
    }
}
