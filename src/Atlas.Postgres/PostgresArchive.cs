using Npgsql;

namespace Atlas.Postgres;

/// <summary>Writes a database into a file and puts it back, with PostgreSQL's own pg_dump and pg_restore.</summary>
/// <remarks>The file is what pg_dump calls custom: compressed, readable by pg_restore alone, also without Atlas.</remarks>
public sealed class PostgresArchive
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly string _directory;
    private readonly string _uri;
    private readonly string? _password;

    private PostgresArchive(string directory, string uri, string? password) => (_directory, _uri, _password) = (directory, uri, password);

    /// <summary>Finds the programs.</summary>
    /// <param name="uriWithoutPassword">The database, as libpq names it; a password would be seen by who lists processes.</param>
    /// <param name="connectionString">The same for Npgsql, with the password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PostgresNotInstalledException">There are none.</exception>
    public static async Task<PostgresArchive> OfAsync(string uriWithoutPassword, string connectionString, CancellationToken cancellationToken = default)
    {
        var binaries = await new PostgresFinder().FindAsync(null, null, cancellationToken).ConfigureAwait(false);
        var place = ((string[])[binaries.Directory, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)])
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "pg_dump")) && File.Exists(Path.Combine(directory, "pg_restore")));
        return place is null
            ? throw new PostgresNotInstalledException("pg_dump and pg_restore are not installed. They come with PostgreSQL's client programs, such as the package postgresql-client.")
            : new PostgresArchive(place, uriWithoutPassword, new NpgsqlConnectionStringBuilder(connectionString).Password);
    }

    /// <summary>Writes the database as it is at one moment, beside whatever uses it, and reads the file's contents back.</summary>
    /// <exception cref="PrivatePostgresException">It could not be written; the message is the program's.</exception>
    public async Task WriteAsync(string file, CancellationToken cancellationToken = default)
    {
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", $"--file={file}", $"--dbname={_uri}"], cancellationToken).ConfigureAwait(false);
        await RunAsync("pg_restore", ["--list", file], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a file in the place of what the database holds: all of it, or nothing.</summary>
    /// <exception cref="PrivatePostgresException">It could not be put back; the database is as it was.</exception>
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
