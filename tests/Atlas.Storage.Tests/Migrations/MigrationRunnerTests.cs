using Atlas.Storage.Migrations;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Migrations;

public sealed class MigrationRunnerTests
{
    [Fact]
    public async Task Eight_runners_at_once_apply_every_script_once()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MigrationRunner.ApplyAsync(database.DataSource)));

        var names = EmbeddedScripts.All.Select(script => script.Name).ToArray();
        Assert.Equal(names, reports.SelectMany(report => report.Applied));
        Assert.All(reports, report => Assert.Equal(names[^1], report.Current));
        Assert.Equal(names.Length, await database.ScalarAsync<long>("SELECT count(*) FROM orleans.schema_version"));
    }

    [Fact]
    public async Task Scripts_may_run_again_on_a_database_that_lost_the_journal()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("INSERT INTO sessions (task) VALUES ('kept'); DROP TABLE orleans.schema_version");

        var report = await MigrationRunner.ApplyAsync(database.ConnectionString);

        Assert.Equal(EmbeddedScripts.All.Count, report.Applied.Length);
        Assert.Equal("kept", await database.ScalarAsync<string>("SELECT task FROM sessions"));
        Assert.Empty((await MigrationRunner.ApplyAsync(database.Address)).Applied);
    }

    [Fact]
    public async Task A_script_that_fails_is_named_and_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        DbUp.Engine.SqlScript[] scripts =
            [new("0001_good.sql", "CREATE TABLE good ()"), new("0002_bad.sql", "CREATE TABLE half (); SELECT 1/0;")];

        var failure = await Assert.ThrowsAsync<MigrationException>(() => MigrationRunner.ApplyAsync(database.DataSource, scripts, default));

        Assert.Contains("0002_bad.sql", failure.Message);
        Assert.Equal("good", await database.ScalarAsync<string>("SELECT to_regclass('good')::text"));
        Assert.Null(await database.ScalarAsync<string>("SELECT to_regclass('half')::text"));
    }

    [Fact]
    public async Task A_runner_waits_for_another_longer_than_a_statement_may_take()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(new() { StatementTimeout = TimeSpan.FromMilliseconds(300) });
        await using var other = await database.DataSource.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationRunner.AdvisoryLock})", other);
        await hold.ExecuteNonQueryAsync();

        var run = MigrationRunner.ApplyAsync(database.DataSource);
        await Eventually.TrueAsync(
            async () => await database.ScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND now() - query_start > interval '600 ms' AND datname = current_database())"),
            TimeSpan.FromSeconds(20), "A runner that waits");
        await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", other);
        await release.ExecuteNonQueryAsync();

        Assert.Equal(EmbeddedScripts.All.Count, (await run).Applied.Length);
    }
}
