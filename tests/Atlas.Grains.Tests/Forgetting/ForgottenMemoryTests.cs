using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Injection;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Forgetting;

/// <summary>What silos keep in memory of a key's texts.</summary>
public sealed class ForgottenMemoryTests
{
    private const string Key = "support/refunds";
    private const string Other = "support/returns";

    [Fact]
    public async Task No_silo_keeps_the_texts_of_a_version_that_lost_words()
    {
        var synthesizer = new CitingSynthesizer();
        synthesizer.Secrets[Key] = "Ada";
        synthesizer.Secrets[Other] = "Bob";
        await using var cluster = await TestCluster.StartAsync(silos: 2, synthesizer: synthesizer);
        var session = (await cluster.Client.RunSessionAsync(Key)).SessionId;
        await cluster.Client.RunSessionAsync(Other);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ResolveAsync(Key)).Version == 1 && (await cluster.Client.ResolveAsync(Other)).Version == 1, TimeSpan.FromSeconds(30), "Both playbooks");
        var (before, others) = (await TextsAsync(Key), await TextsAsync(Other));
        Assert.Equal(before, await TextsAsync(Key));

        await cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [session] }, new Attribution("ada", "asked for by the customer"));

        Assert.Empty((await TextsAsync(Key)).Intersect(before));
        Assert.Equal(others, await TextsAsync(Other));

        async Task<InjectedTexts[]> TextsAsync(string key) =>
            await Task.WhenAll(cluster.Silos.Select(silo => silo.Services.GetRequiredService<InjectedPlaybooks>().OfAsync(key, 1)));
    }
}
