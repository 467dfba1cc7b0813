using DbUp.Postgresql;
using Npgsql;

namespace Atlas.Storage.Migrations;

/// <summary>Hands a script to Npgsql as it is: Npgsql knows where a statement of PostgreSQL ends, inside quotes too.</summary>
internal sealed class WholeScriptConnectionManager(NpgsqlDataSource dataSource) : PostgresqlConnectionManager(dataSource)
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) =>
        // A script may rewrite a large table: the limit for everyday statements does not hold for it.
        ["SET LOCAL statement_timeout = 0", scriptContents];
}
