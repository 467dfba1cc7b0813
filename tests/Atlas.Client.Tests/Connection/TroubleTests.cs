using Atlas.Learning.Playbooks;
using System.Text.Json;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Client.Tests.Connection;

/// <summary>What is wrong with a connection is named as what it is.</summary>
public sealed class TroubleTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_database_that_is_not_there_is_named() =>
        Assert.Contains("has no database 'no_such_database'", await ToldAsync(Changed(address => address.Path = "/no_such_database")), StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_password_is_named_and_not_shown()
    {
        var told = await ToldAsync(Changed(address => address.Password = "hunter2"));

        Assert.Contains("the password is wrong", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_named() =>
        Assert.Contains("nothing listens there", await ToldAsync(Changed(address => address.Port = 1)), StringComparison.Ordinal);

    [Fact]
    public async Task Another_cluster_id_is_named_with_the_clusters_that_are_there()
    {
        var told = await ToldAsync(new AtlasClientOptions { DatabaseUrl = _cluster.Database.Address, ClusterId = "elsewhere" });

        Assert.Contains("'elsewhere'", told, StringComparison.Ordinal);
        Assert.Contains("'atlas'", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_Atlas_is_named()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();

        Assert.Contains("has no Atlas tables", await ToldAsync(new AtlasClientOptions { DatabaseUrl = empty.Address }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_on_which_no_silo_runs_is_named()
    {
        await using var idle = await TestDatabase.CreateAsync();

        Assert.Contains("none is running on the database", await ToldAsync(new AtlasClientOptions { DatabaseUrl = idle.Address }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://localhost/atlas")]
    [InlineData("postgresql://")]
    [InlineData("nonsense")]
    [InlineData("Host=localhost;Prot=5432")]
    public async Task A_malformed_address_is_refused(string address) => await Assert.ThrowsAsync<AtlasRefusedException>(
        () => AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }));

    [Fact]
    public async Task A_database_that_is_not_UTF_8_is_refused_with_the_statement_that_makes_one_which_is()
    {
        await using var latin = await TestDatabase.CreateEmptyAsync(encoding: "LATIN1");

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(
            () => AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = latin.Address }));
        Assert.Contains("ENCODING 'UTF8' TEMPLATE template0", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sl/ash")]
    [InlineData("at@host:5432/other")]
    [InlineData("100%25 %zz")]
    [InlineData("it's \"quoted\"; Host=elsewhere")]
    [InlineData(" spaces around ")]
    [InlineData("Grüße-✓-🔑")]
    [InlineData("question?mark#hash&and=equals+plus")]
    [InlineData("back\\slash$dollar")]
    public async Task A_password_may_have_any_characters_and_is_in_no_message(string password)
    {
        var user = $"atlas_password_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");
        try
        {
            await ExecuteAsync($"GRANT {await _cluster.Database.ScalarAsync<string>("SELECT quote_ident(current_user)")} TO {user}");
            var parts = new Npgsql.NpgsqlConnectionStringBuilder(_cluster.Database.ConnectionString) { Username = user, Password = password };
            var uri = $"postgresql://{user}:{Uri.EscapeDataString(password)}@{parts.Host}:{parts.Port}/{parts.Database}";
            foreach (var address in (string[])[uri, parts.ConnectionString])
            {
                await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address });
                Assert.Equal(0, (await client.ResolveAsync("any/key")).Version);
            }

            await ExecuteAsync($"ALTER ROLE {user} PASSWORD 'another'");
            foreach (var address in (string[])[uri, parts.ConnectionString])
            {
                var told = await Assert.ThrowsAsync<AtlasUnavailableException>(
                    () => AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address }));
                Assert.Contains("the password is wrong", told.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(password, told.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(Uri.EscapeDataString(password), told.ToString(), StringComparison.Ordinal);
            }
        }
        finally
        {
            await ExecuteAsync($"DROP OWNED BY {user}; DROP ROLE {user}");
        }
    }

    [Fact]
    public async Task A_client_that_connects_later_says_at_a_call_what_is_wrong_and_tries_again_afterwards()
    {
        await using var client = AtlasClient.Create(Changed(address => address.Port = 1));

        var told = await Assert.ThrowsAsync<AtlasUnavailableException>(() => client.ResolveAsync("a/key"));
        Assert.Contains("nothing listens there", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_was_given_is_kept_for_its_own_cluster_alone()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        await _cluster.Client.ImportAsync("a/key", PlaybookDocument.Import(Playbooks.Exported("Look first.")), new("operator", "to begin with"));
        await using var client = AtlasClient.Create(new AtlasClientOptions { DatabaseUrl = _cluster.Database.Address, CacheDirectory = folder });
        await client.ResolveAsync("a/key");

        await using var same = AtlasClient.Create(new AtlasClientOptions { DatabaseUrl = _cluster.Database.Address, CacheDirectory = folder });
        await using var other = AtlasClient.Create(
            new AtlasClientOptions { DatabaseUrl = _cluster.Database.Address, CacheDirectory = folder, ClusterId = "elsewhere" });

        Assert.Contains("Look first.", same.LastKnown("a/key")!.Playbook.Text, StringComparison.Ordinal);
        Assert.Null(other.LastKnown("a/key"));
        Directory.Delete(folder, recursive: true);
    }

    private Task<int> ExecuteAsync(string statement) => _cluster.Database.ExecuteAsync(statement);

    private static async Task<string> ToldAsync(AtlasClientOptions options) =>
        (await Assert.ThrowsAsync<AtlasUnavailableException>(() => AtlasClient.ConnectAsync(options))).Message;

    private AtlasClientOptions Changed(Action<UriBuilder> change)
    {
        var address = new UriBuilder(_cluster.Database.Address);
        change(address);
        return new AtlasClientOptions { DatabaseUrl = address.Uri.AbsoluteUri };
    }
}
