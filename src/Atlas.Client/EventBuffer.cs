using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;

namespace Atlas.Client;

/// <summary>Events of one session that wait to be stored. While one append is on its way, further events gather for the next. An event that
/// the cluster refuses is dropped, so that it does not hold up those after it.</summary>
/// <param name="store">Stores events, in order.</param>
internal sealed class EventBuffer(Func<ImmutableArray<JsonElement>, Task> store)
{
    private const int Most = 500;

    private readonly Lock _lock = new();
    private readonly List<JsonElement> _waiting = [];
    private Task? _sending;
    private AtlasRefusedException? _refusal;

    public void Add(ImmutableArray<JsonElement> events)
    {
        lock (_lock)
        {
            _waiting.AddRange(events);
            _sending ??= Task.Run(SendAsync);
        }
    }

    /// <summary>Completes when all events are stored. Those that an earlier attempt could not store get another one.</summary>
    /// <exception cref="AtlasRefusedException">An event was refused since the last flush; all others are stored.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Sending(starts: false).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await Sending(starts: true).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _refusal, null) is { } refused)
        {
            throw new AtlasRefusedException(refused.Message, refused);
        }
    }

    private Task Sending(bool starts)
    {
        lock (_lock)
        {
            return starts && _waiting.Count > 0 ? _sending ??= Task.Run(SendAsync) : _sending ?? Task.CompletedTask;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            var most = Most;
            while (Next(most) is { IsEmpty: false } batch)
            {
                try
                {
                    await store(batch).ConfigureAwait(false);
                }
                catch (AtlasRefusedException) when (batch.Length > 1)
                {
                    // Sent one by one, all but the refused event are stored; those that are stored already change nothing.
                    most = 1;
                    continue;
                }
                catch (AtlasRefusedException refused)
                {
                    Interlocked.CompareExchange(ref _refusal, refused, null);
                }

                lock (_lock)
                {
                    _waiting.RemoveRange(0, batch.Length);
                }
            }
        }
        catch
        {
            lock (_lock)
            {
                _sending = null;
            }

            throw;
        }
    }

    private ImmutableArray<JsonElement> Next(int most)
    {
        lock (_lock)
        {
            var batch = EventBatch.First(_waiting, most);
            if (batch.IsEmpty)
            {
                _sending = null;
            }

            return batch;
        }
    }
}
