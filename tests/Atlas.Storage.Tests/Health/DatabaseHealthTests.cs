using Atlas.Database;
using Atlas.Storage.Health;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Health;

public sealed class DatabaseHealthTests
{
    [Fact]
    public async Task A_current_database_is_healthy()
    {
        await using var database = await TestDatabase.CreateAsync();

        var report = await DatabaseHealth.CheckAsync(database.DataSource);

        Assert.True(report.Healthy, report.Description);
        Assert.NotNull(report.RoundTrip);
    }

    [Fact]
    public async Task Missing_migrations_are_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("DELETE FROM orleans.schema_version WHERE scriptname = '0003_learning.sql'");
        await using var empty = await TestDatabase.CreateEmptyAsync();

        var behind = await DatabaseHealth.CheckAsync(database.DataSource);
        var untouched = await DatabaseHealth.CheckAsync(empty.DataSource);

        Assert.False(behind.Healthy);
        Assert.Contains("the migrations 0003_learning.sql are missing.", behind.Description);
        Assert.Contains("0001_orleans.sql, 0002_sessions.sql, 0003_learning.sql, 0004_judging.sql", untouched.Description);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_reported_and_not_thrown()
    {
        await using var nowhere = AtlasDatabase.Parse("postgresql://u:secret@127.0.0.1:1/db").CreateDataSource();

        var report = await DatabaseHealth.CheckAsync(nowhere);

        Assert.False(report.Healthy);
        Assert.StartsWith("The database 127.0.0.1:1/db does not answer: nothing listens there.", report.Description);
        Assert.DoesNotContain("secret", report.Description);
    }
}
