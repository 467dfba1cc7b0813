using Atlas.Database;
using Atlas.Storage.Migrations;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Connection;

public sealed class PgBouncerTests
{
    [Theory]
    [InlineData("session")]
    [InlineData("transaction")]
    public async Task Several_processes_migrate_an_empty_database_at_once_behind_a_pooler(string mode)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Database, mode);
        var through = await AtlasDatabase.Parse(pooler.AddressOf(database.Database)).ExamineAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            await using var source = through.CreateDataSource();
            return await MigrationRunner.ApplyAsync(source);
        }));

        Assert.Equal(EmbeddedScripts.All.Count, reports.Sum(report => report.Applied.Length));
        Assert.Equal(0L, await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("transaction")]
    public async Task A_pooler_is_noticed_and_the_same_statements_run_on_changing_connections(string mode)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Database, mode, poolSize: 3);
        var through = await AtlasDatabase.Parse(pooler.AddressOf(database.Database), new() { MaxConnections = 3 }).ExamineAsync();
        Assert.Equal(0, new NpgsqlConnectionStringBuilder(through.ConnectionString).MaxAutoPrepare);

        await using (var orleans = through.CreateOrleansDataSource())
        {
            Assert.Equal(21L, await OrleansQueriesAsync(orleans));
        }

        await using var source = through.CreateDataSource();
        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
            {
                await using var command = source.CreateCommand("SELECT $1::int + count(*)::int FROM sessions");
                command.Parameters.Add(new() { Value = number });
                return (int)(await command.ExecuteScalarAsync())!;
            }));
            Assert.Equal([0, 1, 2], answers);
        }
    }

    [Fact]
    public async Task Without_a_pooler_statements_go_on_being_prepared()
    {
        await using var database = await TestDatabase.CreateAsync();

        var direct = await database.Database.ExamineAsync();

        Assert.Equal(64, new NpgsqlConnectionStringBuilder(direct.ConnectionString).MaxAutoPrepare);
    }

    [Fact]
    public async Task An_application_s_own_Orleans_is_left_alone_and_not_taken_for_ours()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await database.ExecuteAsync("CREATE TABLE public.OrleansQuery (QueryKey varchar(64), QueryText varchar(8000))");
        await MigrationRunner.ApplyAsync(database.DataSource);
        await using var pooler = await PgBouncer.StartAsync(database.Database, "transaction", answers: false);

        await using (var orleans = (await database.Database.ExamineAsync()).CreateOrleansDataSource())
        {
            Assert.Equal(21L, await OrleansQueriesAsync(orleans));
        }

        DatabaseUnavailableException? refused = null;
        await Eventually.TrueAsync(
            async () => (refused = await Assert.ThrowsAsync<DatabaseUnavailableException>(
                () => AtlasDatabase.Parse(pooler.AddressOf(database.Database)).ExamineAsync())).Failure is null,
            TimeSpan.FromSeconds(20));
        Assert.Contains("a table OrleansQuery that belongs to another application", refused!.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM public.OrleansQuery"));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("transaction")]
    public async Task A_statement_that_takes_too_long_is_cancelled_on_the_server_through_the_pooler(string mode)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Database, mode);
        await using var source = AtlasDatabase.Parse(
            pooler.AddressOf(database.Database), new() { StatementTimeout = TimeSpan.FromSeconds(1) }).CreateDataSource();

        await using var command = source.CreateCommand("SELECT pg_sleep(300)");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());

        await Eventually.TrueAsync(
            async () => await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(300)' AND state = 'active'") == 0,
            TimeSpan.FromSeconds(20), "The end of the statement");
    }

    private static async Task<long> OrleansQueriesAsync(NpgsqlDataSource orleans)
    {
        await using var command = orleans.CreateCommand("SELECT count(*) FROM OrleansQuery WHERE length(QueryText) > 0");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
