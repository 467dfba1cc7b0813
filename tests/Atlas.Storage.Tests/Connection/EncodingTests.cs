using System.Globalization;
using Atlas.Database;
using Atlas.Storage.Health;
using Atlas.Storage.Migrations;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Connection;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    [InlineData("EUC_JP")]
    public async Task A_database_that_is_not_UTF_8_is_refused_with_the_statement_that_makes_one_which_is(string encoding)
    {
        await using var server = await TestDatabase.CreateEmptyAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"atlas_test_{Environment.ProcessId}_{encoding.ToLowerInvariant()}");
        await server.ExecuteAsync($"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0");
        try
        {
            var wrong = AtlasDatabase.Parse(new UriBuilder(server.Address) { Path = name }.Uri.AbsoluteUri, new() { MinConnections = 0 });
            await using var source = wrong.CreateDataSource(once => once.Pooling = false);

            var migrated = await Assert.ThrowsAsync<DatabaseEncodingException>(() => MigrationRunner.ApplyAsync(source));
            var examined = await Assert.ThrowsAsync<DatabaseEncodingException>(() => wrong.ExamineAsync());
            var health = await DatabaseHealth.CheckAsync(source);

            Assert.False(health.Healthy);
            Assert.All([migrated.Message, examined.Message, health.Description], message => Assert.Contains($"has the encoding {encoding}", message));
            await using (var check = source.CreateCommand("SELECT count(*) FROM pg_namespace WHERE nspname = 'orleans'"))
            {
                Assert.Equal(0L, await check.ExecuteScalarAsync());
            }

            // The statement is taken at its word.
            await server.ExecuteAsync(migrated.Message[migrated.Message.IndexOf("CREATE DATABASE", StringComparison.Ordinal)..]);
            await using var right = AtlasDatabase.Parse(new UriBuilder(server.Address) { Path = name + "_utf8" }.Uri.AbsoluteUri)
                .CreateDataSource(once => once.Pooling = false);
            Assert.NotEmpty((await MigrationRunner.ApplyAsync(right)).Applied);
        }
        finally
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {name}_utf8 WITH (FORCE)");
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }
}
