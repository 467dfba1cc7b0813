using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Atlas.Client.Cache;
using Atlas.Client.Calls;
using Atlas.Client.Connection;
using Atlas.Client.Hosting;
using Atlas.Client.Http;
using Atlas.Client.Watching;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atlas.Client;

/// <summary>A connection to a cluster through its gateways. <see cref="Create"/> and <see cref="ConnectAsync"/> return one, or a client over
/// HTTP if the options name an address.</summary>
public sealed partial class AtlasClient : IConnectingClient
{
    private const int Readers = 16;

    private readonly ClusterLink _link;
    private readonly CallRetry _calls;
    private readonly DiscoveryLink _discovery;
    private readonly PlaybookFreshness _freshness;
    private readonly PlaybookCache? _cache;
    private readonly KeptPlaybooks? _kept;
    private readonly TimeProvider _time;

    private AtlasClient(AtlasClientOptions options, ILoggerFactory? loggers, TimeProvider time)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        _time = time;
        _link = new ClusterLink(options, loggers, time);
        _freshness = options.Freshness;
        _calls = new CallRetry(options.RetryFor, time, _link, options.PauseAfterOutage);
        _discovery = options.LinksDiscovery ? DiscoveryLink.OfWorkspace() : DiscoveryLink.None;
        _cache = options.CacheOnDisk
            ? new PlaybookCache(options.CacheDirectory, loggers?.CreateLogger<PlaybookCache>(), time).Of(_link.Identity.Name)
            : null;
        _kept = _cache is null ? null : new KeptPlaybooks(_cache, time);
    }

    /// <inheritdoc/>
    public string ClusterName => _link.Identity.Name;

    /// <summary>Creates a client that connects on first use, and again after a failure. Use it in an application that must start without its
    /// cluster.</summary>
    /// <param name="options">Which cluster to connect to; null for the defaults.</param>
    /// <param name="loggers">Creates the client's loggers; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="AtlasRefusedException">No database is named, or its address is not valid.</exception>
    public static IAtlasClient Create(AtlasClientOptions? options = null, ILoggerFactory? loggers = null, TimeProvider? time = null) =>
        Connecting(options ?? new AtlasClientOptions(), loggers, time ?? TimeProvider.System);

    /// <summary>Connects to the cluster that <paramref name="options"/> name.</summary>
    /// <exception cref="AtlasRefusedException">No database is named, its address is not valid, or its encoding is not UTF-8.</exception>
    /// <exception cref="AtlasUnavailableException">The database or every silo is unreachable; the message says which and why.</exception>
    public static async Task<IAtlasClient> ConnectAsync(
        AtlasClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        var client = Connecting(options ?? new AtlasClientOptions(), loggers: null, TimeProvider.System);
        try
        {
            await client.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception failure)
        {
            ClusterIdentity.Tell(failure, client.ClusterName);
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates the client of an application, with the application's logging and clock.</summary>
    internal static IAtlasClient Of(IServiceProvider services, string name) => Create(
        services.GetRequiredService<IOptionsMonitor<AtlasClientOptions>>().Get(name),
        services.GetService<ILoggerFactory>(),
        services.GetService<TimeProvider>());

    private static IConnectingClient Connecting(AtlasClientOptions options, ILoggerFactory? loggers, TimeProvider time) =>
        options.Address is null ? new AtlasClient(options, loggers, time) : new HttpAtlasClient(options, loggers, time);

    async Task IConnectingClient.ConnectedAsync(CancellationToken cancellation) => await _link.GetAsync(cancellation).ConfigureAwait(false);

    public async Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        if (request.LearningKey is { } key)
        {
            KeyReferences.Check(key);
        }

        // With an external id, a repeated start finds the session of the first one.
        var start = () => Cluster.Client.GetGrain<ISessionStarterGrain>(0).Start(_discovery.AddTo(request));
        var started = await (request.ExternalId is null
            ? _calls.ChangeAsync(start, cancellationToken)
            : _calls.RepeatableAsync(start, cancellationToken)).ConfigureAwait(false);
        ClientTelemetry.SessionsStarted.Add(1);
        _kept?.Follow(started.Playbook, key => Failures.CallAsync(Read(key, _freshness).AsTask()));
        return new AtlasSession(GetSession(started.SessionId), started, _calls);
    }

    public ISessionGrain GetSession(long sessionId) => Cluster.Client.GetGrain<ISessionGrain>(sessionId);

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => GetSession(sessionId).Standing(cancellationToken), cancellationToken);

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(GetSession(sessionId), _calls, patience, cancellationToken);

    public Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default) =>
        ResolveAsync(learningKey, _freshness, cancellationToken);

    public async Task<ResolvedPlaybook> ResolveAsync(
        string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default)
    {
        var resolved = await _calls.RepeatableAsync(
            static read => read.Client.Read(read.Key, read.Freshness), (Client: this, Key: learningKey, Freshness: freshness), cancellationToken)
            .ConfigureAwait(false);
        _kept?.Note(resolved);
        return resolved;
    }

    public CachedPlaybook? LastKnown(string learningKey, string role = "student") => _cache?.Read(learningKey, role);

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) =>
        WatchedAsync(learningKey, cancellationToken);

    public Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).Describe().AsTask(), cancellationToken);

    public Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => Key(learningKey).Baseline().AsTask(), cancellationToken);

    public Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => GetSession(sessionId).Review(decision, cancellationToken), cancellationToken);

    public Task<KeyChange> FreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Freeze(by, cancellationToken), cancellationToken);

    public Task<KeyChange> UnfreezeAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unfreeze(by, cancellationToken), cancellationToken);

    public Task<KeyChange> StageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Stage(by, cancellationToken), cancellationToken);

    public Task<KeyChange> UnstageAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unstage(by, cancellationToken), cancellationToken);

    public Task<KeyChange> PromoteAsync(
        string learningKey, int? version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Promote(version, by, cancellationToken), cancellationToken);

    public Task<KeyChange> PinAsync(string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Pin(version, by, cancellationToken), cancellationToken);

    public Task<KeyChange> UnpinAsync(string learningKey, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Unpin(by, cancellationToken), cancellationToken);

    public Task<KeyChange> TryEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).TryEntry(entryId, by, cancellationToken), cancellationToken);

    public Task<KeyChange> WithdrawEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).WithdrawEntry(entryId, by, cancellationToken), cancellationToken);

    public Task<KeyChange> RollbackAsync(
        string learningKey, int version, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Rollback(version, by, cancellationToken), cancellationToken);

    public Task<KeyChange> ImportAsync(
        string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Import(playbook, PlaybookCause.Import, by, cancellationToken), cancellationToken);

    public Task<KeyChange> EditAsync(
        string learningKey, LearnedPlaybook playbook, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).Import(playbook, PlaybookCause.Edit, by, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private LinkedCluster Cluster => _link.Current
        ?? throw new AtlasUnavailableException("Atlas is not connected yet. Send the request again in a moment.");

    private ILearningKeyGrain Key(string learningKey) => Cluster.Keys.Of(learningKey);

    private async IAsyncEnumerable<WatchedPlaybook> WatchedAsync(string learningKey, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await _link.GetAsync(cancellation).ConfigureAwait(false);
        await foreach (var playbook in new PlaybookWatch(Cluster.Client, Key(learningKey), _time).RunAsync(cancellation).ConfigureAwait(false))
        {
            _kept?.Note(playbook.Playbook);
            yield return playbook;
        }
    }

    // A single silo owns every key. In a larger cluster the connected silo answers from its copy, which saves the hop to the owner. A client
    // sends all calls on one grain through one gateway; different readers spread them over the silos.
    private ValueTask<ResolvedPlaybook> Read(string learningKey, PlaybookFreshness freshness)
    {
        var key = Key(learningKey);
        return freshness is PlaybookFreshness.Strict && !Cluster.Silos.IsSeveral
            ? key.Resolve()
            : Cluster.Client.GetGrain<IPlaybookReaderGrain>(Random.Shared.Next(Readers)).Resolve(learningKey, freshness);
    }
}
