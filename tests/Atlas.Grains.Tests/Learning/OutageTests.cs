using Atlas.Learning.Playbooks;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Postgres;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>The database goes away under a running silo and comes back.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private const string Key = "support/refunds";
    private readonly string _directory = Directory.CreateTempSubdirectory("atlas-outage-").FullName;
    private PrivatePostgres _postgres = null!;
    private string _address = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = new PrivatePostgres(new PrivatePostgresOptions { Directory = _directory });
        _address = (await _postgres.StartAsync()).Address!;
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Reads_go_on_without_the_database_and_changes_fail_with_a_sentence_and_lose_nothing()
    {
        await using var silo = await RunningSilo.StartAsync(_address, "silo-1", replace: null);
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions
        {
            DatabaseUrl = _address,
            RetryFor = TimeSpan.FromSeconds(1),
        });
        var session = await client.StartSessionAsync(new("Refund order 1042", Key));
        await client.FreezeAsync(Key, new Attribution("operator", null));

        await _postgres.StopAsync();

        using var http = new HttpClient { BaseAddress = silo.Http };
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await http.GetAsync("health")).StatusCode);
        Assert.Equal("alive\n", await http.GetStringAsync("alive"));
        Assert.Equal(0, (await client.ResolveAsync(Key)).Version);
        var failure = await Assert.ThrowsAsync<AtlasUnavailableException>(() => client.UnfreezeAsync(Key, new Attribution("operator", null)));
        Assert.Contains("database", failure.Message, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => session.AppendAsync(TrajectoryEvent.Message("Looking it up.")));
        Assert.True((await client.DescribeAsync(Key)).Frozen);

        await _postgres.StartAsync();

        await Eventually.TrueAsync(() => SucceedsAsync(() => session.AppendAsync(TrajectoryEvent.Message("Looking it up."))), TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(
            () => SucceedsAsync(() => client.UnfreezeAsync(Key, new Attribution("operator", null))), TimeSpan.FromSeconds(60));
        Assert.False((await client.DescribeAsync(Key)).Frozen);
        var completed = await session.CompleteAsync("Done.", score: 1);
        Assert.Equal(SessionStatus.Succeeded, completed.Status);
    }

    [Fact]
    public async Task A_key_that_is_first_used_while_the_database_is_away_works_once_it_is_back()
    {
        await using var silo = await RunningSilo.StartAsync(_address, "silo-1", replace: null);
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions
        {
            DatabaseUrl = _address,
            RetryFor = TimeSpan.FromSeconds(1),
        });
        await client.ImportAsync("support/known", PlaybookDocument.Import("""{"format": "atlas.playbook.v1", "student": ["Look."]}"""), new Attribution("operator", null));
        await _postgres.StopAsync();

        var failure = await Assert.ThrowsAsync<AtlasUnavailableException>(() => client.ResolveAsync("support/new"));
        Assert.Contains("database", failure.Message, StringComparison.OrdinalIgnoreCase);
        failure = await Assert.ThrowsAsync<AtlasUnavailableException>(() => client.RollbackAsync("support/known", 1, new Attribution("operator", null)));
        Assert.Contains("database", failure.Message, StringComparison.OrdinalIgnoreCase);

        await _postgres.StartAsync();
        await Eventually.TrueAsync(() => SucceedsAsync(() => client.ResolveAsync("support/new")), TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await client.ResolveAsync("support/new")).Version);
    }

    private static async Task<bool> SucceedsAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (AtlasUnavailableException)
        {
            return false;
        }
    }
}
