namespace Atlas.Postgres;

/// <summary>One installed PostgreSQL server.</summary>
/// <param name="Directory">The directory of its programs.</param>
/// <param name="Major">Its major version.</param>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    public string InitDb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    public string Postgres => Path.Combine(Directory, "postgres");

    public static bool AreIn(string directory) =>
        File.Exists(Path.Combine(directory, "initdb"))
        && File.Exists(Path.Combine(directory, "pg_ctl"))
        && File.Exists(Path.Combine(directory, "postgres"));
}
