using DbUp.Postgresql;
using Npgsql;

namespace Atlas.Storage.Migrations;

/// <summary>Passes a script to Npgsql unchanged: Npgsql knows where a statement of PostgreSQL ends, inside quotes too.</summary>
internal sealed class WholeScriptConnectionManager(NpgsqlDataSource dataSource) : PostgresqlConnectionManager(dataSource)
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) =>
        // A script can rewrite a large table, so the limit for everyday statements must not apply.
        ["SET LOCAL statement_timeout = 0", scriptContents];
}
