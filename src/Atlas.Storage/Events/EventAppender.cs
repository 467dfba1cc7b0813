using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Events;

/// <summary>Stores trajectory events of all sessions of a process with few statements. An append is acknowledged when its events are
/// committed, and can be repeated without effect.</summary>
/// <remarks>While a batch is being written, arriving appends gather for the next one: a single caller has no delay, and many callers share
/// their commits.</remarks>
public sealed class EventAppender : IAsyncDisposable
{
    private readonly EventAppenderOptions _options;
    private readonly EventBatchWriter _writer;
    private readonly Channel<PendingAppend> _queue;
    private readonly Task[] _pumps;
    private long _batches;

    /// <param name="dataSource">The database; not disposed here.</param>
    /// <param name="options">How appends are gathered; null for the defaults.</param>
    public EventAppender(NpgsqlDataSource dataSource, EventAppenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _options = options ?? new EventAppenderOptions();
        _writer = new EventBatchWriter(dataSource);
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(_options.Capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
        });
        _pumps = [.. Enumerable.Range(0, _options.Pumps).Select(_ => Task.Run(PumpAsync))];
    }

    /// <summary>Number of statements sent for batches so far.</summary>
    internal long Batches => Interlocked.Read(ref _batches);

    /// <summary>Stores events of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="firstSequence">Number of the first event in the session, from 0; stored events are not replaced.</param>
    /// <param name="events">JSON objects. U+0000 and lone surrogates are removed, numbers that are not finite become null.</param>
    /// <param name="cancellationToken">Cancels the wait; events that were handed over can still be stored.</param>
    /// <exception cref="InvalidRecordException">An event is not a JSON object; nothing of this append is stored.</exception>
    /// <exception cref="Sessions.UnknownSessionException">The session does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The appender was shut down.</exception>
    public async Task AppendAsync(
        long sessionId, int firstSequence, IReadOnlyList<JsonElement> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfNegative(firstSequence);
        if (events.Count == 0)
        {
            return;
        }

        var clean = new string[events.Count];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = JsonText.Object(events[i], string.Create(CultureInfo.InvariantCulture,
                $"Event {firstSequence + i} of session {sessionId}"));
        }

        var append = new PendingAppend(sessionId, firstSequence, clean);
        try
        {
            await _queue.Writer.WriteAsync(append, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EventAppender), "No more events are accepted: the process is shutting down.");
        }

        await append.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Accepts no more events, stores the waiting ones, and completes when they are committed or have failed.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_pumps).ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        var batch = new List<PendingAppend>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Gather(batch);
            if (batch.Count == 0)
            {
                continue;
            }

            Interlocked.Increment(ref _batches);
            await _writer.WriteAsync(batch, CancellationToken.None).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private void Gather(List<PendingAppend> batch)
    {
        var events = 0;
        long characters = 0;
        while (_queue.Reader.TryPeek(out var next)
               && (batch.Count == 0
                   || (events + next.Events.Length <= _options.MaxEventsPerBatch
                       && characters + next.Characters <= _options.MaxCharactersPerBatch))
               && _queue.Reader.TryRead(out var append))
        {
            // With two pumps, the item read can differ from the one seen; a slightly oversized batch does no harm.
            batch.Add(append);
            events += append.Events.Length;
            characters += append.Characters;
        }
    }
}
