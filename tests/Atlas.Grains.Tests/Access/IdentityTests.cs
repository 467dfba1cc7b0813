using System.Reflection;
using Atlas.Contracts;
using Atlas.Contracts.Access;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Identity;
using Atlas.Identity.Calls;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Grains.Tests.Access;

/// <summary>A cluster with a secret serves those who belong to it.</summary>
public sealed class IdentityTests(GuardedCluster guarded) : IClassFixture<GuardedCluster>
{
    private static readonly LearnedPlaybook Playbook = new() { StudentPreface = "Look at the order first." };

    [Fact]
    public async Task Silos_with_a_secret_work_with_each_other_and_with_their_clients()
    {
        var (runtime, operate) = (await guarded.AsAsync(AtlasRole.Runtime), await guarded.AsAsync(AtlasRole.Operator));

        for (var key = 0; key < 8; key++)
        {
            await operate.ImportAsync($"life/{key}", Playbook, new Attribution("x", null));
            await runtime.RunSessionAsync($"life/{key}");

            Assert.Equal(1, (await runtime.ResolveAsync($"life/{key}")).Version);
            await Eventually.TrueAsync(
                async () => (await runtime.DescribeAsync($"life/{key}")).SessionsObserved == 1, TimeSpan.FromSeconds(20), "the count");
        }
    }

    [Fact]
    public async Task News_reach_a_watcher_without_anybodys_ticket()
    {
        using var host = await guarded.BareAsync(guarded.Secret.Issue(AtlasRole.Runtime, "watcher"));
        var grains = host.Services.GetRequiredService<IClusterClient>();
        var observer = new Observer();
        await grains.GetGrain<ILearningKeyGrain>("identity/watch").Subscribe(grains.CreateObjectReference<IPlaybookObserver>(observer));

        await (await guarded.AsAsync(AtlasRole.Operator)).ImportAsync("identity/watch", Playbook, new Attribution("x", null));

        Assert.Null(await observer.Ticket.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await host.StopAsync();
    }

    [Fact]
    public async Task While_a_secret_is_replaced_credentials_of_both_are_accepted()
    {
        var (old, fresh) = (ClusterSecret.Random(), ClusterSecret.Random());
        await using var cluster = await TestCluster.StartAsync(secret: ClusterSecret.Of(fresh, old));

        foreach (var secret in new[] { old, fresh })
        {
            await using var client = await cluster.ConnectAsync(ClusterSecret.Of(secret).Issue(AtlasRole.Runtime, "app"));
            Assert.Equal(0, (await client.ResolveAsync("identity/rotation")).Version);
        }

        await Assert.ThrowsAsync<AtlasRefusedException>(
            () => cluster.ConnectAsync(ClusterSecret.Of(ClusterSecret.Random()).Issue(AtlasRole.Runtime, "app")));
    }

    [Fact]
    public async Task A_silo_without_a_secret_says_so_to_who_brings_a_credential()
    {
        await using var cluster = await TestCluster.StartAsync();

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(
            () => cluster.ConnectAsync(ClusterSecret.Of(ClusterSecret.Random()).Issue(AtlasRole.Runtime, "app")));

        Assert.Contains("has no secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_silos_ask_of_each_other_says_nothing_of_who_may_call_it()
    {
        var open = new[] { typeof(ILearningKeyGrain), typeof(IPlaybookReaderGrain), typeof(ISessionGrain), typeof(ISessionStarterGrain) }
            .SelectMany(contract => contract.GetMethods())
            .Where(method => method.GetCustomAttribute<NeedsAttribute>() is null)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Equal(["ILearningKeyGrain.Record", "ILearningKeyGrain.Review"], open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("atlas.runtime.shop.1234")]
    [InlineData("atlas.silo.shop.00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("atlas.runtime.sh op.00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("secret-of-mine")]
    public void What_is_no_credential_is_told_without_being_repeated(string text)
    {
        var refused = Assert.Throws<AtlasRefusedException>(() => AtlasCredential.Parse(text));

        Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
        Assert.Contains("atlas credential create", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_is_read_as_it_was_written()
    {
        var credential = ClusterSecret.Of(ClusterSecret.Random()).Issue(AtlasRole.Operator, "ada.b@shop");

        var read = AtlasCredential.Parse(credential.Reveal());

        Assert.Equal((AtlasRole.Operator, "ada.b@shop", credential.Reveal()), (read.Role, read.Name, read.Reveal()));
    }

    private sealed class Observer : IPlaybookObserver
    {
        public TaskCompletionSource<object?> Ticket { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Changed(ResolvedPlaybook playbook)
        {
            Ticket.TrySetResult(RequestContext.Get(CallTicket.Key));
            return Task.CompletedTask;
        }
    }
}
