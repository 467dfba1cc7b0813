using System.Globalization;
using System.Text.RegularExpressions;

namespace Atlas.Postgres;

/// <summary>Finds PostgreSQL servers in the locations of the usual packages.</summary>
internal sealed partial class PostgresFinder
{
    private static readonly string[] Families =
    [
        "/usr/lib/postgresql/*/bin",              // Debian, Ubuntu
        "/usr/pgsql-*/bin",                       // the project's own packages for Red Hat and kin
        "/usr/libexec/postgresql*",               // Alpine
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/opt/homebrew/opt/postgresql/bin",
        "/usr/local/pgsql/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    /// <summary>Finds the newest server, or one with the major version that a data directory needs.</summary>
    /// <param name="binDirectory">The only directory to search; null searches everywhere.</param>
    /// <param name="major">The version that created the data; null for any.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="PostgresNotInstalledException">There is no such server.</exception>
    public async Task<PostgresBinaries> FindAsync(string? binDirectory, int? major, CancellationToken cancellationToken)
    {
        var candidates = binDirectory is null ? Candidates() : [binDirectory];
        var found = new List<PostgresBinaries>();
        foreach (var directory in candidates.Where(PostgresBinaries.AreIn))
        {
            if (await MajorOfAsync(directory, cancellationToken).ConfigureAwait(false) is { } version)
            {
                found.Add(new PostgresBinaries(directory, version));
            }
        }

        return found.Where(binaries => major is null || binaries.Major == major).MaxBy(binaries => binaries.Major)
            ?? throw Missing(binDirectory, major, found);
    }

    private static IEnumerable<string> Candidates()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(Families.SelectMany(Expand)).Distinct();
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        var parent = pattern[..pattern.LastIndexOf('/', star)];
        var end = pattern.IndexOf('/', star);
        var name = end < 0 ? pattern[(parent.Length + 1)..] : pattern[(parent.Length + 1)..end];
        var rest = end < 0 ? "" : pattern[end..];
        return Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, name).Select(directory => directory + rest) : [];
    }

    private static async Task<int?> MajorOfAsync(string directory, CancellationToken cancellationToken)
    {
        var answer = await ProcessRunner.RunAsync(Path.Combine(directory, "postgres"), ["--version"], TimeSpan.FromSeconds(20), cancellationToken)
            .ConfigureAwait(false);
        var match = VersionNumber().Match(answer.Output);
        return answer.ExitCode == 0 && match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static PostgresNotInstalledException Missing(string? binDirectory, int? major, List<PostgresBinaries> found)
    {
        var command = InstallCommand.ForThisSystem(major);
        var what = (binDirectory, major, found.Count) switch
        {
            ({ } place, _, 0) => $"{place} has no PostgreSQL server (initdb, pg_ctl and postgres).",
            (_, { } needed, > 0) => string.Create(CultureInfo.InvariantCulture,
                $"The data was made by PostgreSQL {needed}, and only {string.Join(", ", found.Select(one => one.Major).Distinct())} is installed."),
            _ => "No PostgreSQL server is installed.",
        };
        var how = command is null
            ? "Install the package of your system that contains initdb, pg_ctl and postgres"
            : $"Install it with: {command}";
        return new PostgresNotInstalledException($"{what} {how}; or set ATLAS_DATABASE_URL to a server you have.", command);
    }

    [GeneratedRegex(@"PostgreSQL\)\s+(\d+)")]
    private static partial Regex VersionNumber();
}
