using Atlas.Client.Chat;
using Atlas.Client.Connection;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Atlas.Testing;
using Xunit;

namespace Atlas.Client.Tests.Connection;

public sealed class DisposalTests
{
    [Fact]
    public async Task A_client_may_be_disposed_of_twice()
    {
        var client = AtlasClient.Create(new AtlasClientOptions { Gateways = ["127.0.0.1:9"], ConnectTimeout = TimeSpan.FromSeconds(1), CacheOnDisk = false });
        var resolving = client.ResolveAsync("any/key", TestContext.Current.CancellationToken);

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => resolving);
        await Assert.ThrowsAnyAsync<Exception>(() => client.ResolveAsync("any/key", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_connection_that_is_made_after_its_chat_is_gone_is_disposed_of()
    {
        var made = new TaskCompletionSource<IAtlasClient>(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new LazyConnection(() => made.Task);
        var waiting = connection.GetAsync();
        connection.Dispose();
        connection.Dispose();

        var client = new FakeAtlas();
        made.SetResult(client);

        await Eventually.TrueAsync(() => client.Disposals == 1, TimeSpan.FromSeconds(20), "the client is disposed of");
        Assert.Same(client, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connection.GetAsync());
    }

    [Fact]
    public async Task A_connection_is_disposed_of_once()
    {
        var client = new FakeAtlas();
        var connection = new LazyConnection(() => Task.FromResult<IAtlasClient>(client));
        await connection.GetAsync();

        connection.Dispose();
        connection.Dispose();

        Assert.Equal(1, client.Disposals);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"connection_str")]
    public void A_damaged_file_of_the_workspace_is_named(string content)
    {
        var workspace = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        try
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(workspace, ".atlas")).FullName, "database.json");
            File.WriteAllText(file, content);

            var refused = Assert.Throws<AtlasRefusedException>(() => DatabaseLocator.Find(null, workspace));
            Assert.StartsWith($"The file {file}, which names the database of this workspace, cannot be read: ", refused.Message, StringComparison.Ordinal);
            Assert.Null(DatabaseLocator.Workspace(workspace));

            File.WriteAllText(file, """{"connection_string": null}""");
            Assert.Contains("No database is configured", Assert.Throws<AtlasRefusedException>(() => DatabaseLocator.Find(null, workspace)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }
}
