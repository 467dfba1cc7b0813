using Atlas.Client.Calls;
using Atlas.Client.Watching;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Contracts.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Atlas.Client;

/// <summary>A connection to a cluster of silos.</summary>
public sealed class AtlasClient : IAtlasClient
{
    private const int Readers = 16;

    private readonly IHost _host;
    private readonly IClusterClient _cluster;
    private readonly CallRetry _calls;
    private readonly DiscoveryLink _discovery;
    private readonly PlaybookFreshness _freshness;
    private readonly SiloCount _silos;
    private readonly KeyReferences _keys;

    private AtlasClient(IHost host, AtlasClientOptions options)
    {
        _host = host;
        _freshness = options.Freshness;
        _calls = new CallRetry(options.RetryFor, TimeProvider.System);
        _discovery = options.LinksDiscovery ? DiscoveryLink.OfWorkspace() : DiscoveryLink.None;
        _cluster = host.Services.GetRequiredService<IClusterClient>();
        _keys = new KeyReferences(_cluster);
        _silos = new SiloCount(host.Services.GetRequiredService<IGatewayListProvider>(), options.GatewayRefresh, TimeProvider.System);
    }

    /// <summary>Connects to the cluster that <paramref name="options"/> name.</summary>
    /// <exception cref="AtlasRefusedException">No database is named, or its URL is none.</exception>
    /// <exception cref="AtlasUnavailableException">The database or every silo is out of reach.</exception>
    public static async Task<IAtlasClient> ConnectAsync(
        AtlasClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new AtlasClientOptions();
        var host = ClusterConnection.Build(options, DatabaseLocator.Find(options.DatabaseUrl));
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.ConnectTimeout);
            await host.StartAsync(patience.Token);
            return new AtlasClient(host, options);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await DisposeAsync(host);
            throw Failures.NoCluster(options.ClusterId, failure);
        }
    }

    public async Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        // With an identity of the caller's, a second start finds the session of the first.
        var start = () => _cluster.GetGrain<ISessionStarterGrain>(0).Start(_discovery.AddTo(request));
        var started = await (request.ExternalId is null
            ? _calls.ChangeAsync(start, cancellationToken)
            : _calls.RepeatableAsync(start, cancellationToken));
        return new AtlasSession(GetSession(started.SessionId), started, _calls);
    }

    public ISessionGrain GetSession(long sessionId) => _cluster.GetGrain<ISessionGrain>(sessionId);

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => GetSession(sessionId).Standing(), cancellationToken);

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(GetSession(sessionId), _calls, patience, cancellationToken);

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) =>
        ResolveAsync(learningKey, _freshness, cancellationToken);

    public Task<ResolvedPlaybook> ResolveAsync(
        string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(
            static read => read.Client.Read(read.Key, read.Freshness), (Client: this, Key: learningKey, Freshness: freshness), cancellationToken);

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) =>
        new PlaybookWatch(_cluster, Key(learningKey), TimeProvider.System).RunAsync(cancellationToken);

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).Describe().AsTask(), cancellationToken);

    public Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).Baseline().AsTask(), cancellationToken);

    public Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => GetSession(sessionId).Review(decision), cancellationToken);

    public Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Freeze(by), cancellationToken);

    public Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unfreeze(by), cancellationToken);

    public Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Stage(by), cancellationToken);

    public Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unstage(by), cancellationToken);

    public Task<KeyChange> PromoteAsync(
        string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Promote(version, by), cancellationToken);

    public Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Pin(version, by), cancellationToken);

    public Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unpin(by), cancellationToken);

    public Task<KeyChange> RollbackAsync(
        string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Rollback(version, by), cancellationToken);

    public Task<KeyChange> ImportAsync(
        string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Import(playbookJson, "import", by), cancellationToken);

    public Task<KeyChange> EditAsync(
        string learningKey, string playbookJson, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Import(playbookJson, "edit", by), cancellationToken);

    public ValueTask DisposeAsync() => DisposeAsync(_host);

    private ILearningKeyGrain Key(string learningKey) => _keys.Of(learningKey);

    // One silo holds every key itself. Of several, the one that is connected answers from its copy, which saves the way to the
    // owner. A client sends all calls on one grain by one gateway; different readers spread them over the silos.
    private ValueTask<ResolvedPlaybook> Read(string learningKey, PlaybookFreshness freshness)
    {
        var key = Key(learningKey);
        return freshness is PlaybookFreshness.Strict && !_silos.IsSeveral
            ? key.Resolve()
            : _cluster.GetGrain<IPlaybookReaderGrain>(Random.Shared.Next(Readers)).Resolve(learningKey, freshness);
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        await host.StopAsync(CancellationToken.None);
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
