using System.Security.Cryptography;
using Npgsql;

namespace Atlas.Postgres;

/// <summary>Creates the roles of a private server: one that owns the database, one for silos and one for clients, each with its own login
/// and password. The superuser is used for nothing else.</summary>
internal static class PrivateRoles
{
    public const string Owner = "atlas_owner";
    public const string Silo = "atlas_silo_login";
    public const string Client = "atlas_client_login";

    // The groups are those of sql/0019: the owner's scripts grant them the permissions of silos and clients.
    private const string Roles = """
        DO $d$
        DECLARE
          name text;
        BEGIN
          FOREACH name IN ARRAY ARRAY['atlas_silo', 'atlas_client', 'atlas_owner', 'atlas_silo_login', 'atlas_client_login'] LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
              EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            END IF;
          END LOOP;
        END
        $d$;
        GRANT atlas_silo TO atlas_silo_login;
        GRANT atlas_client TO atlas_client_login;
        """;

    // In an older database, everything belonged to the superuser.
    private const string HandOver = """
        DO $d$
        DECLARE
          thing record;
        BEGIN
          REVOKE CREATE ON SCHEMA public FROM PUBLIC;
          GRANT USAGE, CREATE ON SCHEMA public TO atlas_owner;
          FOR thing IN
            SELECT format('ALTER %s %I.%I OWNER TO atlas_owner',
                          CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname) AS statement
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname IN ('public', 'orleans') AND c.relowner = current_user::regrole AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
            UNION ALL
            SELECT format('ALTER ROUTINE %s OWNER TO atlas_owner', p.oid::regprocedure)
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('public', 'orleans') AND p.proowner = current_user::regrole
            UNION ALL
            SELECT format('ALTER SCHEMA %I OWNER TO atlas_owner', nspname) FROM pg_namespace WHERE nspname = 'orleans' AND nspowner = current_user::regrole
          LOOP
            EXECUTE thing.statement;
          END LOOP;
          EXECUTE format('ALTER DATABASE %I OWNER TO atlas_owner', current_database());
        END
        $d$
        """;

    /// <summary>Creates the roles, and gives the database to its owner. Repeating it changes nothing.</summary>
    /// <param name="files">The location of the passwords.</param>
    /// <param name="connection">A connection of the superuser to the database.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task MakeAsync(ClusterFiles files, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, Roles, cancellationToken).ConfigureAwait(false);
        foreach (var role in (string[])[Owner, Silo, Client])
        {
            if (files.ReadPassword(role) is not { } password)
            {
                password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
                ClusterFiles.WriteSecret(files.PasswordOf(role), password + "\n");
            }

            // Hexadecimal digits need no quoting.
            await RunAsync(connection, $"ALTER ROLE {role} LOGIN PASSWORD '{password}'", cancellationToken).ConfigureAwait(false);
        }

        var owned = new NpgsqlCommand("SELECT datdba = 'atlas_owner'::regrole FROM pg_database WHERE datname = current_database()", connection);
        await using var ownedDisposal = owned.ConfigureAwait(false);
        if (await owned.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is false)
        {
            await RunAsync(connection, HandOver, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
