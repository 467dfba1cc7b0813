using System.Net;
using Atlas.Client.Security;
using Atlas.Contracts;
using Atlas.Database;
using Atlas.Identity;
using Atlas.Identity.Handshakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Connection;

/// <summary>The connection to a cluster. The first caller makes it for all others, and it is tried again after a failure.</summary>
internal sealed class ClusterLink(AtlasClientOptions options, ILoggerFactory? loggers, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly OutageBreaker _breaker = new(options.PauseAfterOutage, time);
    private readonly AtlasDatabase? _database = FindDatabase(options);
    private readonly TlsIdentity? _identity = TlsIdentity.Of(options.Tls, time);
    private readonly AtlasCredential? _credential = CredentialLocator.Find(options);
    private readonly HandshakeNews _news = new();
    private Task<LinkedCluster>? _connecting;
    private bool _isDisposed;
    private volatile LinkedCluster? _cluster;

    /// <summary>Gets the identity of this cluster, for data kept elsewhere.</summary>
    public ClusterIdentity Identity { get; } = FindDatabase(options) is { } database
        ? ClusterIdentity.Of(database, options.ClusterId)
        : ClusterIdentity.Of(options.Gateways, options.ClusterId);

    /// <summary>Gets the cluster's database; null if the options name gateways.</summary>
    public AtlasDatabase? Database => _database;

    /// <summary>Gets the connected cluster; null if there is no connection.</summary>
    public LinkedCluster? Current => _cluster;

    /// <summary>Returns the cluster once it is connected.</summary>
    /// <exception cref="AtlasUnavailableException">No connection could be made. After several failures, thrown for a while without an
    /// attempt.</exception>
    /// <exception cref="AtlasRefusedException">The database is not an Atlas database.</exception>
    public ValueTask<LinkedCluster> GetAsync(CancellationToken cancellation) =>
        _cluster is { } cluster ? new(cluster) : new(Connecting().WaitAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        if (Begun() is { } connecting)
        {
            try
            {
                await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failed) when (failed is AtlasUnavailableException or AtlasRefusedException or OperationCanceledException)
            {
                // The attempt failed, so there is nothing to dispose of.
            }
        }

        _disposed.Dispose();
    }

    private Task<LinkedCluster>? Begun()
    {
        lock (_lock)
        {
            return _connecting;
        }
    }

    private Task<LinkedCluster> Connecting()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, typeof(IAtlasClient));
            return _connecting is null or { IsFaulted: true } or { IsCanceled: true }
                ? _connecting = _breaker.GuardAsync(ConnectAsync, _disposed.Token)
                : _connecting;
        }
    }

    private async Task<LinkedCluster> ConnectAsync(CancellationToken stop)
    {
        using var late = new CancellationTokenSource(options.ConnectTimeout, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        IHost? host = null;
        try
        {
            var database = _database is null ? null : await _database.ExamineAsync(patience.Token).ConfigureAwait(false);
            var gateway = database is not null
                ? await ClusterProbe.DemandClusterAsync(database, options.ClusterId, patience.Token).ConfigureAwait(false)
                : IPEndPoint.TryParse(options.Gateways[0], out var named) ? named : null;
            await DemandCredentialAsync(gateway, patience.Token).ConfigureAwait(false);
            host = ClusterConnection.Build(options, database, _identity, loggers, _credential, _news);
            await StartedAsync(host, patience).ConfigureAwait(false);
            return _cluster = new LinkedCluster(host, options.GatewayRefresh, time);
        }
        catch (Exception failure)
        {
            if (host is not null)
            {
                await LinkedCluster.DisposeAsync(host).ConfigureAwait(false);
            }

            stop.ThrowIfCancellationRequested();
            throw failure switch
            {
                AtlasUnavailableException or AtlasRefusedException => failure,
                DatabaseUnavailableException => new AtlasUnavailableException(failure.Message, failure),
                DatabaseEncodingException => new AtlasRefusedException(failure.Message, failure),
                _ when _news.Refusal is { } refusal => new AtlasRefusedException(refusal, failure),
                _ => Failures.NoCluster(options, failure),
            };
        }
    }

    /// <summary>Finds the database; returns null if the options name gateways.</summary>
    private static AtlasDatabase? FindDatabase(AtlasClientOptions options)
    {
        if (options.Gateways.Count == 0)
        {
            return DatabaseLocator.Find(options.DatabaseUrl);
        }

        foreach (var gateway in options.Gateways)
        {
            NamedGateways.Read(gateway);
        }

        return null;
    }

    // A silo disconnects a client without a credential, which Orleans takes for a dead silo. With TLS the question would have to be asked
    // inside the TLS connection.
    private async Task DemandCredentialAsync(IPEndPoint? gateway, CancellationToken cancellation)
    {
        if (_credential is null && _identity is null && gateway is not null && await CredentialDemand.AskAsync(gateway, time, cancellation).ConfigureAwait(false))
        {
            throw Failures.NoCredential(options.ClusterId);
        }
    }

    // Orleans retries until its time is up, but a refused client would only be refused again.
    private async Task StartedAsync(IHost host, CancellationTokenSource patience)
    {
        var started = host.StartAsync(patience.Token);
        if (await Task.WhenAny(started, _news.Refused).ConfigureAwait(false) != started)
        {
            await patience.CancelAsync().ConfigureAwait(false);
        }

        await started.ConfigureAwait(false);
    }
}
