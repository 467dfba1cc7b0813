using Atlas.Postgres;
using Xunit;

namespace Atlas.Storage.Tests.Embedded;

public sealed class PostgresFinderTests
{
    [Fact]
    public async Task Finds_a_server_that_is_installed()
    {
        var found = await new PostgresFinder().FindAsync(null, null, default);

        Assert.True(found.Major >= 12);
        Assert.True(File.Exists(found.PgCtl));
    }

    [Fact]
    public async Task Says_what_to_install_where_there_is_none()
    {
        var nothing = Directory.CreateTempSubdirectory("atlas-no-postgres-").FullName;
        try
        {
            var failure = await Assert.ThrowsAsync<PostgresNotInstalledException>(() => new PostgresFinder().FindAsync(nothing, null, default));

            Assert.Contains(nothing, failure.Message);
            Assert.Contains("ATLAS_DATABASE_URL", failure.Message);
            Assert.Equal(failure.InstallCommand is not null, failure.Message.Contains("Install it with: "));
        }
        finally
        {
            Directory.Delete(nothing);
        }
    }

    [Fact]
    public async Task Takes_only_the_version_that_made_the_data()
    {
        var failure = await Assert.ThrowsAsync<PostgresNotInstalledException>(() => new PostgresFinder().FindAsync(null, 9, default));

        Assert.StartsWith("The data was made by PostgreSQL 9, and only ", failure.Message);
    }
}
