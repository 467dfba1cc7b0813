using Atlas.Client;
using Atlas.Database;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Access;

/// <summary>The roles of the database: what a client's and a silo's login can do, and what they cannot.</summary>
public sealed class DatabaseRoleTests : IAsyncLifetime
{
    private const string Password = "a-password-for-the-test";
    private TestDatabase _database = null!;
    private string _suffix = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _suffix = $"{Environment.ProcessId}_{Guid.NewGuid():N}"[..20];
        await _database.ExecuteAsync("SELECT orleans.make_roles()");
        await _database.ExecuteAsync(
            $"CREATE ROLE shop_{_suffix} LOGIN PASSWORD '{Password}' IN ROLE atlas_client; CREATE ROLE silo_{_suffix} LOGIN PASSWORD '{Password}' IN ROLE atlas_silo");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.ExecuteAsync($"DROP ROLE shop_{_suffix}; DROP ROLE silo_{_suffix}");
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'id > /tmp/atlas-was-here'")]
    [InlineData("COPY (SELECT 1) TO '/tmp/atlas-was-here'")]
    [InlineData("SELECT pg_read_file('/etc/passwd')")]
    [InlineData("SELECT * FROM sessions")]
    [InlineData("SELECT * FROM learning_registry")]
    [InlineData("SELECT sha256 FROM api_keys")]
    [InlineData("DELETE FROM learning_journal")]
    [InlineData("UPDATE orleans.grain_state SET payload = NULL")]
    [InlineData("INSERT INTO orleans.cluster_version (cluster_id) VALUES ('mine')")]
    [InlineData("UPDATE orleans.cluster_member SET address = '203.0.113.7'")]
    [InlineData("CREATE TABLE orleans.mine (id int)")]
    [InlineData("CREATE ROLE mine SUPERUSER")]
    [InlineData("SELECT orleans.make_roles()")]
    public async Task A_clients_login_can_do_nothing_but_find_silos(string statement) => await RefusedAsync("shop", statement);

    [Theory]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'id > /tmp/atlas-was-here'")]
    [InlineData("SELECT pg_read_file('/etc/passwd')")]
    [InlineData("DROP INDEX learning_journal_operation_key")]
    [InlineData("ALTER TABLE orleans.grain_state DISABLE TRIGGER ALL")]
    [InlineData("DROP TABLE sessions")]
    [InlineData("TRUNCATE learning_journal")]
    [InlineData("DELETE FROM orleans.schema_version")]
    [InlineData("CREATE ROLE mine SUPERUSER")]
    public async Task A_silos_login_cannot_change_what_keeps_the_books_nor_reach_the_machine(string statement) => await RefusedAsync("silo", statement);

    [Fact]
    public async Task A_silo_and_a_client_with_logins_of_their_own_learn_and_serve()
    {
        var configuration = Path.Combine(Directory.CreateTempSubdirectory("atlas-roles-").FullName, "atlas.yaml");
        await File.WriteAllTextAsync(configuration, "storage:\n  database_url: postgresql://none@127.0.0.1:1/none\n  apply_schema_on_connect: false\n");
        await using var silo = await RunningSilo.StartAsync(AddressOf("silo"), "silo-1", replace: null, $"--ATLAS_CONFIG={configuration}");
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = AddressOf("shop"), CacheOnDisk = false });

        await client.RunSessionAsync("roles/key", review: "approved");
        await client.FreezeAsync("roles/key", new("ada", "looked at"));

        Assert.Equal(1, (await client.DescribeAsync("roles/key")).SessionsApplied);
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    private async Task RefusedAsync(string login, string statement)
    {
        await using var source = AtlasDatabase.Parse(AddressOf(login)).CreateDataSource();
        await using var command = source.CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private string AddressOf(string login) => new UriBuilder(_database.Address) { UserName = $"{login}_{_suffix}", Password = Password }.Uri.AbsoluteUri;
}
