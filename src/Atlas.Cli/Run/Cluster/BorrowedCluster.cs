using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;
using Atlas.Cli.Workspace;
using Atlas.Client;
using Atlas.Contracts;

namespace Atlas.Cli.Run.Cluster;

/// <summary>A cluster for one command: what is already running here, or a silo that ends with its last user.</summary>
internal sealed class BorrowedCluster : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    private readonly CommandContext _context;
    private readonly FileStream _membership;
    private readonly bool _keepDatabase;

    private BorrowedCluster(CommandContext context, FileStream membership, bool keepDatabase)
    {
        _context = context;
        _membership = membership;
        _keepDatabase = keepDatabase;
    }

    public IAtlasClient Client { get; private set; } = null!;

    /// <summary>Uses what is running, or starts what is missing.</summary>
    /// <param name="context">The workspace.</param>
    /// <param name="configuration">The configuration that the silos must have.</param>
    /// <param name="ports">The ports of a silo that is started; null for free ports.</param>
    /// <param name="keepDatabase">Whether a private database that is started here stays.</param>
    /// <param name="cancellation">Cancels the start; what was started is stopped again.</param>
    /// <exception cref="CommandFailedException">Something is in the way, or what is running has other rules.</exception>
    public static async Task<BorrowedCluster> TakeAsync(
        CommandContext context, RunConfiguration configuration, SiloPorts? ports, bool keepDatabase, CancellationToken cancellation)
    {
        var membership = await ClusterUsers.JoinAsync(context.Home, context.Clock, cancellation);
        var borrowed = new BorrowedCluster(context, membership, keepDatabase);
        try
        {
            borrowed.Client = await borrowed.ConnectAsync(configuration, ports, cancellation);
            return borrowed;
        }
        catch
        {
            await borrowed.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
        }

        await _membership.DisposeAsync();
        await StopEmbeddedAsync();
    }

    private async Task<IAtlasClient> ConnectAsync(RunConfiguration configuration, SiloPorts? ports, CancellationToken cancellation)
    {
        using var http = SiloHttp.Create();
        var named = _context.Caller.DatabaseUrl ?? configuration.Value.Storage?.DatabaseUrl;
        var running = new SiloRegister(_context.Home).Running();
        if (running.Count > 0)
        {
            RulesInForce.Demand(running, configuration);
            var cluster = await new ClusterUp(_context, http) { Embedded = true }.StartAsync(running[0].Ports, named, cancellation);
            return await OpenAsync(cluster.Database, cancellation);
        }

        if (named is not null && await TryElsewhereAsync(named, cancellation) is { } elsewhere)
        {
            _context.Terminal.Say(
                $"warning: the silos of this database were started elsewhere, so Atlas cannot check that they use learning, runtime_safety and rim from {configuration.File}.");
            return elsewhere;
        }

        var own = await new ClusterUp(_context, http) { ConfigurationFile = configuration.FullPath, Embedded = true }
            .StartAsync(ports ?? FreeSiloPorts.Find(), named, cancellation);
        return await OpenAsync(own.Database, cancellation);
    }

    private async Task<IAtlasClient?> TryElsewhereAsync(string named, CancellationToken cancellation)
    {
        var database = await new DatabaseHost(_context).EnsureAsync(named, cancellation);
        try
        {
            return await OpenAsync(database, cancellation);
        }
        catch (AtlasUnavailableException)
        {
            return null;
        }
    }

    private Task<IAtlasClient> OpenAsync(DatabaseRecord database, CancellationToken cancellation) => AtlasClient.ConnectAsync(
        new AtlasClientOptions
        {
            DatabaseUrl = database.ConnectionString,
            Tls = ClusterTls.Options,
            Credential = new ClusterSecretAccess(_context).Credential(),
        },
        cancellation);

    // The last user of silos that only serve commands stops them, no matter who started them.
    private async Task StopEmbeddedAsync()
    {
        var register = new SiloRegister(_context.Home);
        if (!register.Running().Any(silo => silo.Embedded))
        {
            return;
        }

        using var held = await WorkspaceLock.TakeAsync(_context.Home, TimeToStop, () => { }, _context.Clock, CancellationToken.None);
        await using var last = ClusterUsers.TryBeLast(_context.Home);
        if (last is null)
        {
            return;
        }

        var stop = new SiloStop(register, _context.Terminal, _context.Clock);
        var startedDatabase = false;
        foreach (var silo in register.Running().Where(silo => silo.Embedded))
        {
            await Progress.WaitAsync(_context.Terminal, "Stopping the silo", () => stop.StopAsync(silo, CancellationToken.None));
            startedDatabase |= silo.StartedDatabase;
        }

        if (startedDatabase && !_keepDatabase)
        {
            await new DatabaseHost(_context).StopAsync(CancellationToken.None);
        }
    }
}
