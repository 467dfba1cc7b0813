using System.Collections.Immutable;
using Atlas.Database;
using Atlas.Storage.Connection;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Storage.Health;

/// <summary>Checks that everything Atlas depends on still exists: scripts, indexes, triggers, constraints, encoding, clock.</summary>
public static class SchemaGuard
{
    /// <summary>The largest accepted difference between the clocks of a silo and the database: both read leases and due times.</summary>
    private static readonly TimeSpan MostClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>How the name of a script ends whose tables a program without it must not write.</summary>
    private const string Alone = "_alone.sql";

    /// <summary>The objects that exactly-once counting, the journal and the archive depend on.</summary>
    private static readonly ImmutableArray<(string Kind, string Name)> Essentials =
    [
        ("trigger", "orleans.grain_state learning_key_inserted"),
        ("trigger", "orleans.grain_state learning_key_overwritten"),
        ("trigger", "public.learning_journal learning_journal_chain"),
        ("index", "public.learning_journal learning_journal_pkey"),
        ("index", "public.learning_journal learning_journal_counted_key"),
        ("index", "public.learning_outbox learning_outbox_pkey"),
        ("index", "public.playbook_versions playbook_versions_pkey"),
        ("index", "public.sessions sessions_external_id_key"),
        ("index", "public.trajectory_events trajectory_events_session_sequence_key"),
    ];

    // Another server version can word a definition differently, and the search path decides which names get a schema.
    private const string Objects = """
        WITH present AS MATERIALIZED (SELECT kind, name, definition, valid FROM orleans.schema_object_now),
        essential AS (SELECT e.kind, e.name FROM unnest($1, $2) AS e (kind, name)),
        wanted AS (
          SELECT kind, name, definition, server_major FROM orleans.schema_object
          UNION ALL
          SELECT kind, name, NULL, NULL FROM essential e WHERE NOT EXISTS (SELECT 1 FROM orleans.schema_object o WHERE o.kind = e.kind AND o.name = e.name))
        SELECT w.kind, w.name, EXISTS (SELECT 1 FROM essential e WHERE e.kind = w.kind AND e.name = w.name) AS essential,
               CASE WHEN p.name IS NULL THEN 'is missing' WHEN NOT p.valid THEN 'is not in force' ELSE 'is not as the scripts made it' END AS fault
          FROM wanted w LEFT JOIN present p ON p.kind = w.kind AND p.name = w.name
         WHERE p.name IS NULL OR NOT p.valid
            OR w.server_major = current_setting('server_version_num')::integer / 10000
               AND regexp_replace(w.definition, '\\m(public|orleans)\\.', '', 'g') <> regexp_replace(p.definition, '\\m(public|orleans)\\.', '', 'g')
         ORDER BY 3 DESC, w.kind, w.name
        """;

    /// <summary>Returns the problems; empty if there are none. A database without all scripts is reported by
    /// <see cref="DatabaseHealth"/>.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="time">The clock to compare with the database's; null for the system's.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public static async Task<ImmutableArray<GuardFinding>> LookAsync(
        NpgsqlDataSource dataSource, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var findings = ImmutableArray.CreateBuilder<GuardFinding>();
        await AddEncodingAsync(dataSource, findings, cancellationToken).ConfigureAwait(false);
        try
        {
            await AddNewerScriptsAsync(dataSource, findings, cancellationToken).ConfigureAwait(false);
            await AddObjectsAsync(dataSource, findings, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException absent) when (absent.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // A database from before there was a guard.
        }

        await AddClockAsync(dataSource, time ?? TimeProvider.System, findings, cancellationToken).ConfigureAwait(false);
        return findings.ToImmutable();
    }

    private static async Task AddEncodingAsync(
        NpgsqlDataSource dataSource, ImmutableArray<GuardFinding>.Builder findings, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        if (DatabaseEncodingException.Fault(connection) is { } unfit)
        {
            findings.Add(new GuardFinding(unfit, "Move its content to a database with the encoding UTF-8.", Refuses: true));
        }
    }

    private static async Task AddNewerScriptsAsync(
        NpgsqlDataSource dataSource, ImmutableArray<GuardFinding>.Builder findings, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(
            $"SELECT scriptname FROM {MigrationRunner.JournalSchema}.{MigrationRunner.JournalTable} WHERE scriptname <> ALL ($1) ORDER BY 1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Texts(EmbeddedScripts.All.Select(script => script.Name));
        var newer = await command.ListAsync(row => row.RequiredText("scriptname"), cancellationToken).ConfigureAwait(false);
        if (!newer.IsEmpty)
        {
            findings.Add(new GuardFinding(
                $"The database is newer than this program, which does not know {string.Join(", ", newer)}.",
                "Run the version of Atlas that added these scripts, or a later one.",
                Refuses: newer.Any(name => name.EndsWith(Alone, StringComparison.Ordinal))));
        }
    }

    private static async Task AddObjectsAsync(
        NpgsqlDataSource dataSource, ImmutableArray<GuardFinding>.Builder findings, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Objects);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Texts(Essentials.Select(essential => essential.Kind)).Texts(Essentials.Select(essential => essential.Name));
        findings.AddRange(await command.ListAsync(
            row =>
            {
                var (kind, name, refuses) = (row.RequiredText("kind"), row.RequiredText("name").Split(' ', 2), row.Flag("essential"));
                return new GuardFinding(
                    $"The {kind} {name[^1]} of {name[0]} {row.RequiredText("fault")}."
                    + (refuses ? " Without it, what is learned could be lost or counted twice, so silos do not store it." : ""),
                    "The tables were changed by hand. Recreate it as the scripts in sql/ do, or restore a backup; then verify the ledger with `atlas doctor --ledger`.",
                    refuses);
            },
            cancellationToken).ConfigureAwait(false));
    }

    private static async Task AddClockAsync(
        NpgsqlDataSource dataSource, TimeProvider time, ImmutableArray<GuardFinding>.Builder findings, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("SELECT clock_timestamp() AS now");
        await using var commandDisposal = command.ConfigureAwait(false);
        var began = time.GetUtcNow();
        var theirs = (await command.ListAsync(row => row.Time("now"), cancellationToken).ConfigureAwait(false))[0];
        var ended = time.GetUtcNow();

        // The database's time was read between the two.
        var difference = theirs < began ? began - theirs : theirs > ended ? theirs - ended : TimeSpan.Zero;
        if (difference > MostClockDifference)
        {
            findings.Add(new GuardFinding(
                FormattableString.Invariant(
                    $"The clock here is {difference.TotalSeconds:0.0} seconds {(theirs < began ? "ahead of" : "behind")} the database's; session leases and due times depend on both."),
                "Synchronize the clocks of both machines with NTP.",
                Refuses: false));
        }
    }
}
