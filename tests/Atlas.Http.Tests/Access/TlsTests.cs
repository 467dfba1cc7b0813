using System.Net;
using System.Security.Cryptography.X509Certificates;
using Atlas.Client;
using Atlas.Client.Security;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Hosting;
using Atlas.Hosting.Settings;
using Atlas.Http.Tests.Harness;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Http.Tests.Access;

/// <summary>Two silos whose connections all have TLS, by one block of their configuration.</summary>
public sealed class TlsCluster : IAsyncLifetime
{
    private readonly List<WebApplication> _silos = [];
    private TestDatabase _database = null!;

    internal TestAuthority Authority { get; } = new("ours");

    internal TestAuthority Stranger { get; } = new("theirs");

    public IReadOnlyList<WebApplication> Silos => _silos;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        foreach (var name in new[] { "tls-1", "tls-2" })
        {
            var (silo, address) = await Api.StartSiloAsync(_database.Address, name, Authority.Settings(name));
            _silos.Add(silo);
            Address = new UriBuilder(address) { Scheme = "https" }.Uri;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_silos.Select(silo => silo.StopAsync()));
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await _database.DisposeAsync();
        Authority.Dispose();
        Stranger.Dispose();
    }
}

public sealed class TlsTests(TlsCluster cluster) : IClassFixture<TlsCluster>
{
    private readonly TestAuthority _authority = cluster.Authority;
    private readonly TestAuthority _stranger = cluster.Stranger;

    [Fact]
    public async Task Who_has_a_certificate_of_the_authority_gets_in_and_everybody_else_is_turned_away()
    {
        // The second silo could only join by talking to the first.
        var statuses = cluster.Silos[0].Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values;
        Assert.Equal(2, statuses.Count(member => member.Status == SiloStatus.Active));

        await using (var ours = await AtlasClient.ConnectAsync(Options(_authority.Issue("client"), _authority.File)))
        {
            var session = await ours.StartSessionAsync(new StartSession("Refund order 1042", "support/refunds"));
            await session.CompleteAsync("Refunded.", 0.5);
            Assert.Equal(1, (await ours.DescribeAsync("support/refunds")).SessionsObserved);
        }

        var refused = await Task.WhenAll(
            RefusedAsync(Options(null, null)),
            RefusedAsync(Options(_stranger.Issue("client"), _authority.File)),
            RefusedAsync(Options(_authority.Issue("client"), _stranger.File)),
            RefusedAsync(Options(_authority.Issue("late", DateTimeOffset.UtcNow.AddHours(-1)), _authority.File)));
        Assert.All(refused, told => Assert.Contains("TLS", told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_API_is_reached_by_HTTPS_alone_and_only_by_who_trusts_its_certificate()
    {
        using var trusting = new HttpClient(Trusting(_authority)) { BaseAddress = cluster.Address, DefaultRequestVersion = HttpVersion.Version20 };
        using var answer = await trusting.GetAsync(new Uri("v1/keys", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));

        using var plain = new HttpClient { BaseAddress = new UriBuilder(cluster.Address) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri("v1/keys", UriKind.Relative)));
        using var doubting = new HttpClient(Trusting(_stranger)) { BaseAddress = cluster.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => doubting.GetAsync(new Uri("v1/keys", UriKind.Relative)));
    }

    [Fact]
    public async Task A_client_with_an_address_trusts_the_authority_it_is_told_of_and_no_other()
    {
        await using (var ours = await AtlasClient.ConnectAsync(Over(_authority)))
        {
            Assert.Equal(0, (await ours.ResolveAsync("support/https")).Version);
        }

        var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => AtlasClient.ConnectAsync(Over(_stranger)));
        Assert.Contains("Atlas:Tls:Authority", refused.Message, StringComparison.Ordinal);

        AtlasClientOptions Over(TestAuthority authority) => new()
        {
            Address = cluster.Address.AbsoluteUri,
            Tls = new AtlasTlsOptions { Authority = authority.File },
            CacheOnDisk = false,
        };
    }

    [Fact]
    public async Task A_certificate_is_renewed_without_a_restart()
    {
        var before = await ShownAsync();
        _authority.Issue("tls-2", DateTimeOffset.UtcNow.AddDays(5));
        await Eventually.TrueAsync(async () => await ShownAsync() != before, TimeSpan.FromSeconds(20), "The new certificate");
    }

    private async Task<string> ShownAsync()
    {
        var seen = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => (seen = shown!.GetCertHashString()).Length > 0 },
        };
        using var client = new HttpClient(handler) { BaseAddress = cluster.Address };
        await client.GetStringAsync(new Uri("v1/keys", UriKind.Relative));
        return seen;
    }

    /// <summary>A client that is told of a gateway, and of no database.</summary>
    private AtlasClientOptions Options((string Certificate, string Key)? own, string? authority) => new()
    {
        DatabaseUrl = null,
        Gateways = [$"127.0.0.1:{cluster.Silos[0].Services.GetRequiredService<IOptions<SiloSettings>>().Value.GatewayPort}"],
        Tls = new AtlasTlsOptions { Certificate = own?.Certificate, Key = own?.Key, Authority = authority },
        ConnectTimeout = TimeSpan.FromSeconds(own is not null && authority == _authority.File ? 20 : 3),
        CacheOnDisk = false,
    };

    private static async Task<string> RefusedAsync(AtlasClientOptions options) =>
        (await Assert.ThrowsAsync<AtlasUnavailableException>(() => AtlasClient.ConnectAsync(options))).Message;

    private static SocketsHttpHandler Trusting(TestAuthority authority) => new()
    {
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authority.File) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}

/// <summary>What a silo says of a block that is not whole.</summary>
public sealed class TlsSettingsTests
{
    [Theory]
    [InlineData("--Atlas:Tls:Certificate=/nowhere.pem", "Atlas:Tls:Authority is missing")]
    [InlineData("--Atlas:Tls:Authority=/nowhere.pem", "Atlas:Tls:Certificate is missing")]
    [InlineData("--Atlas:Tls:Certificate=/nowhere.pem|--Atlas:Tls:Authority=/nowhere.pem", "'/nowhere.pem'")]
    public async Task A_block_that_is_not_whole_is_named_at_the_start(string settings, string told)
    {
        var refused = await Assert.ThrowsAsync<AtlasSettingsException>(() => Api.StartSiloAsync("postgresql://nobody@127.0.0.1:1/none", "none", settings.Split('|')));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }
}
