using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Models.Synthesis;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Storage;

/// <summary>Everything that a silo and a client do with their database, with a pooler between.</summary>
public sealed class PgBouncerTests
{
    private const string Key = "support/pooled";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("session", "grouped")]
    [InlineData("transaction", "grouped")]
    [InlineData("transaction", "adonet")]
    public async Task Sessions_teach_and_nothing_is_lost_over_a_restart_behind_a_pooler(string mode, string storage)
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        // In session mode each connection keeps one of the pooler's: up to 41 for each of two silos at a time, and 20 for the client.
        await using var pooler = await PgBouncer.StartAsync(database.Database, mode, poolSize: mode is "session" ? 110 : 5);
        var address = pooler.AddressOf(database.Database);
        string[] settings = [$"--Atlas:Silo:GrainStorage={storage}"];

        ResolvedPlaybook learned;
        await using (await RunningSilo.StartAsync(address, "before", Teaching, settings))
        await using (await RunningSilo.StartAsync(address, "beside", Teaching, settings))
        await using (var client = await ConnectAsync(address))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => client.RunSessionAsync(Key, score: 1, task: $"Refund order {1000 + number}")));
            await Eventually.TrueAsync(
                async () => await client.DescribeAsync(Key) is { SessionsObserved: 20, PendingSessionIds.Length: 0 }, Patience, "Every session counted");
            await Eventually.TrueAsync(async () => (await client.ResolveAsync(Key)).Version > 0, Patience, "A playbook");
            learned = await client.ResolveAsync(Key);
        }

        await using (await RunningSilo.StartAsync(address, "after", Teaching, settings))
        await using (var client = await ConnectAsync(address))
        {
            Assert.Equal(learned, await client.ResolveAsync(Key));
            await client.RunSessionAsync(Key, score: 1);
            await Eventually.TrueAsync(async () => (await client.DescribeAsync(Key)).SessionsObserved == 21, Patience, "The session after the restart");
        }

        Assert.Equal(21L, await database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status = 'succeeded'"));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM learning_outbox"));
    }

    private static void Teaching(IServiceCollection services)
    {
        services.AddSingleton<ISynthesizer>(GatedSynthesizer.Open());
        services.AddSingleton(new LearningRules(new LearningOptions(), new RuntimeSafetyOptions
        {
            Review = new ReviewOptions { RequireApproval = false },
            Drift = new DriftOptions { Enabled = false },
        }));
    }

    private static Task<IAtlasClient> ConnectAsync(string address) =>
        AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = address });
}
