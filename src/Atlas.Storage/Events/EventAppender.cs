using System.Globalization;
using System.Threading.Channels;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Events;

/// <summary>Stores trajectory events of all sessions of a process with few statements. An append is acknowledged when its
/// events are committed, and may be repeated without effect.</summary>
/// <remarks>While a batch is under way, the appends that arrive gather for the next one: one caller pays no delay, many
/// share their commits.</remarks>
public sealed class EventAppender : IAsyncDisposable
{
    private readonly EventAppenderOptions options;
    private readonly EventBatchWriter writer;
    private readonly Channel<PendingAppend> queue;
    private readonly Task[] pumps;
    private long batches;

    /// <param name="dataSource">The database; not disposed here.</param>
    /// <param name="options">How appends are gathered; null for the defaults.</param>
    public EventAppender(NpgsqlDataSource dataSource, EventAppenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        this.options = options ?? new EventAppenderOptions();
        writer = new EventBatchWriter(dataSource);
        queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(this.options.Capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
        });
        pumps = [.. Enumerable.Range(0, this.options.Pumps).Select(_ => Task.Run(PumpAsync))];
    }

    /// <summary>Statements that were sent for batches so far.</summary>
    internal long Batches => Interlocked.Read(ref batches);

    /// <summary>Stores events of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="firstSequence">Number of the first event in the session, from 0; numbers that are stored stay as they are.</param>
    /// <param name="eventsJson">Each a JSON object. U+0000 and lone surrogates are taken out, numbers that are not finite
    /// become null.</param>
    /// <param name="cancellationToken">Stops waiting; events that were handed over may still be stored.</param>
    /// <exception cref="ArgumentException">An event is no JSON object; nothing of this append is stored.</exception>
    /// <exception cref="Sessions.UnknownSessionException">There is no such session.</exception>
    /// <exception cref="ObjectDisposedException">The appender was shut down.</exception>
    public async Task AppendAsync(
        long sessionId, int firstSequence, IReadOnlyList<string> eventsJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventsJson);
        ArgumentOutOfRangeException.ThrowIfNegative(firstSequence);
        if (eventsJson.Count == 0)
        {
            return;
        }

        var clean = new string[eventsJson.Count];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = JsonText.Object(eventsJson[i], string.Create(CultureInfo.InvariantCulture,
                $"Event {firstSequence + i} of session {sessionId}"));
        }

        var append = new PendingAppend(sessionId, firstSequence, clean);
        try
        {
            await queue.Writer.WriteAsync(append, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EventAppender), "No more events are taken: the process is shutting down.");
        }

        await append.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more events, stores those that wait, and returns when they are committed or have failed.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(pumps).ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        var batch = new List<PendingAppend>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Gather(batch);
            if (batch.Count == 0)
            {
                continue;
            }

            Interlocked.Increment(ref batches);
            await writer.WriteAsync(batch, CancellationToken.None).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private void Gather(List<PendingAppend> batch)
    {
        var events = 0;
        long characters = 0;
        while (queue.Reader.TryPeek(out var next)
               && (batch.Count == 0
                   || (events + next.Events.Length <= options.MaxEventsPerBatch
                       && characters + next.Characters <= options.MaxCharactersPerBatch))
               && queue.Reader.TryRead(out var append))
        {
            // With two pumps the one read may be another than the one seen; a batch somewhat too large does no harm.
            batch.Add(append);
            events += append.Events.Length;
            characters += append.Characters;
        }
    }
}
