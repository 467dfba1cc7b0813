using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Atlas.Testing;
using Xunit;

namespace Atlas.Aspire.Tests;

/// <summary>The sample's application host, run by Aspire's own orchestrator: three silos and a service, on a database that is there.</summary>
public sealed class AppHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task A_service_records_sessions_in_a_cluster_of_three_silos()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await using var database = await TestDatabase.CreateEmptyAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--ConnectionStrings:learning={database.ConnectionString}"], patience.Token);
        await using var app = await builder.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);

        foreach (var name in new[] { "atlas-silo-1", "atlas-silo-2", "atlas-silo-3", "atlas", "shop" })
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, patience.Token);
        }

        using var shop = app.CreateHttpClient("shop");
        using var answer = await shop.PostAsync(new Uri("/orders/1042/refund", UriKind.Relative), null, patience.Token);
        var refund = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(patience.Token);

        Assert.Equal(1, refund.GetProperty("sessionId").GetInt64());
        Assert.Equal(3L, await database.ScalarAsync<long>("SELECT count(*) FROM orleans.cluster_member WHERE status = 3"));
        Assert.Equal("succeeded", await database.ScalarAsync<string>("SELECT status FROM sessions WHERE id = 1"));
    }
}
