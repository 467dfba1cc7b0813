using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace Atlas.Storage.GrainStates;

/// <summary>Stores the states of all grains of a process with few statements. A write is acknowledged when it is committed; one based on an
/// old version changes nothing, and does not affect others.</summary>
/// <remarks>While a batch is being written, arriving writes gather for the next one: a single caller has no delay, and many callers share
/// their commits.</remarks>
public sealed class GrainStateStore : IAsyncDisposable
{
    private readonly GrainStateStoreOptions _options;
    private readonly StateBatchWriter _writer;
    private readonly StateRows _rows;
    private readonly Channel<PendingWrite> _queue;
    private readonly ConcurrentDictionary<GrainStateKey, PendingWrite> _newest = new();
    private readonly Task[] _pumps;
    private long _batches;

    /// <param name="dataSource">The database; not disposed here.</param>
    /// <param name="serviceId">The service whose grains they are; part of every key.</param>
    /// <param name="options">How writes are gathered; null for the defaults.</param>
    public GrainStateStore(NpgsqlDataSource dataSource, string serviceId, GrainStateStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _options = options ?? new GrainStateStoreOptions();
        _writer = new StateBatchWriter(dataSource, serviceId);
        _rows = new StateRows(dataSource, serviceId);
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(_options.Capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
        });
        _pumps = [.. Enumerable.Range(0, _options.Pumps).Select(_ => Task.Run(PumpAsync))];
    }

    /// <summary>Number of batches sent so far.</summary>
    internal long Batches => Interlocked.Read(ref _batches);

    /// <summary>Reads the stored state; null if there never was one. Sees every write that was started here before.</summary>
    public async Task<StoredGrainState?> ReadAsync(GrainStateKey key)
    {
        await SettledAsync(key).ConfigureAwait(false);
        return await _rows.ReadAsync(key).ConfigureAwait(false);
    }

    /// <summary>Stores a state over version <paramref name="version"/>.</summary>
    /// <param name="key">The grain's key.</param>
    /// <param name="version">The version on which it is based; null for none.</param>
    /// <param name="json">The state as JSON in UTF-8, without U+0000 and lone surrogates.</param>
    /// <returns>The new version; null if another version is stored, and nothing was changed.</returns>
    /// <exception cref="PostgresException">The database refused this state; nothing was changed.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached; it is unknown whether the state was stored.</exception>
    /// <exception cref="ObjectDisposedException">The store was shut down.</exception>
    public async Task<int?> WriteAsync(GrainStateKey key, int? version, ReadOnlyMemory<byte> json)
    {
        var write = new PendingWrite(key, version, json);
        _newest[key] = write;
        try
        {
            await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
            return await write.Completion.ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(GrainStateStore), "No more states are accepted: the process is shutting down.");
        }
        finally
        {
            _newest.TryRemove(new(key, write));
        }
    }

    /// <summary>Clears a state over version <paramref name="version"/>; its row stays, so that versions continue from there.</summary>
    /// <returns>The new version; null if another version is stored, and nothing was changed.</returns>
    public async Task<int?> ClearAsync(GrainStateKey key, int? version)
    {
        await SettledAsync(key).ConfigureAwait(false);
        return await _rows.ClearAsync(key, version).ConfigureAwait(false);
    }

    /// <summary>Accepts no more writes, stores the waiting ones, and completes when they are committed or have failed.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_pumps).ConfigureAwait(false);
    }

    private async Task SettledAsync(GrainStateKey key)
    {
        if (_newest.TryGetValue(key, out var write))
        {
            await ((Task)write.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync()
    {
        var batch = new StateBatch(_options);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            // A key's second write waits for its first, and goes into the next batch of the same pump.
            do
            {
                Gather(batch);
                if (batch.Count > 0)
                {
                    Interlocked.Increment(ref _batches);
                    await _writer.WriteAsync(batch.Sorted()).ConfigureAwait(false);
                    batch.Clear();
                }
            }
            while (batch.HasLeftOver);
        }
    }

    private void Gather(StateBatch batch)
    {
        batch.TakeLeftOver();
        while (batch.HasRoom && _queue.Reader.TryRead(out var write))
        {
            batch.Add(write);
        }
    }
}
