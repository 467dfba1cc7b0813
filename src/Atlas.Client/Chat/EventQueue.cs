using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Stores the events of a session in the background, in order and in batches: events that arrive while a batch is on its way go
/// into the next one. Events that cannot be stored wait for the next attempt. An event that is refused is dropped, and only that one, unless
/// the session itself accepts no more.</summary>
/// <param name="append">Stores events, in order.</param>
/// <param name="renew">Asks whether the session goes on; refused if it does not.</param>
/// <param name="sessionId">The session, for the log.</param>
/// <param name="most">The largest number of events that wait.</param>
/// <param name="logger">Says what was lost.</param>
public sealed class EventQueue(Func<IReadOnlyList<JsonElement>, Task> append, Func<Task> renew, long sessionId, int most, ILogger logger)
{
    private const int LargestBatch = 256;
    private const int MostRefused = 20;

    private readonly Lock _lock = new();
    private readonly List<JsonElement> _waiting = [];
    private Task? _pump;
    private int _dropped;
    private bool _refused;

    public void Add(IEnumerable<JsonElement> events)
    {
        lock (_lock)
        {
            foreach (var item in events)
            {
                // Drop the newest: earlier ones may already be stored under their numbers.
                if (_refused || _waiting.Count >= most)
                {
                    _dropped++;
                }
                else
                {
                    _waiting.Add(item);
                }
            }

            Start();
        }
    }

    /// <summary>Tries to store all waiting events now.</summary>
    /// <returns>The number of events that still wait.</returns>
    public async Task<int> DrainAsync()
    {
        // A running attempt may already have failed, so what it leaves behind gets another attempt.
        await Running().ConfigureAwait(false);
        await Restarted().ConfigureAwait(false);
        lock (_lock)
        {
            if (_dropped > 0)
            {
                logger.EventsLost(_dropped, sessionId, _refused ? "the session accepts no more" : "too many were waiting");
                _dropped = 0;
            }

            return _waiting.Count;
        }
    }

    private Task Running()
    {
        lock (_lock)
        {
            return _pump ?? Task.CompletedTask;
        }
    }

    private Task Restarted()
    {
        lock (_lock)
        {
            return Start();
        }
    }

    private Task Start() => _pump ?? (_waiting.Count == 0 ? Task.CompletedTask : _pump = Task.Run(PumpAsync));

    private async Task PumpAsync()
    {
        var (largest, refused) = (LargestBatch, 0);
        while (NextBatch(largest) is { } batch)
        {
            try
            {
                var refusal = await RefusalOfAsync(batch).ConfigureAwait(false);
                if (refusal is not null && batch.Length > 1)
                {
                    // Halves find the refused event with few calls.
                    largest = batch.Length / 2;
                    continue;
                }

                Taken(batch.Length);
                if (refusal is null)
                {
                    (largest, refused) = (Math.Min(largest * 2, LargestBatch), 0);
                    continue;
                }

                // The next one is sent alone, too. If so many are refused in a row, it is not the events.
                logger.EventsLost(1, sessionId, refusal.Message);
                if (++refused == MostRefused)
                {
                    logger.EventsLost(Refuse(), sessionId, refusal.Message);
                }
            }
            catch (AtlasRefusedException over)
            {
                logger.EventsLost(Refuse(), sessionId, over.Message);
            }
            catch (Exception failure)
            {
                lock (_lock)
                {
                    _pump = null;
                    logger.EventsWait(_waiting.Count, sessionId, failure.Message);
                }

                return;
            }
        }
    }

    /// <summary>Stores events; returns why they were refused, or null if they are stored.</summary>
    /// <exception cref="AtlasRefusedException">The session accepts no more events.</exception>
    private async Task<AtlasRefusedException?> RefusalOfAsync(ImmutableArray<JsonElement> batch)
    {
        try
        {
            await append(batch).ConfigureAwait(false);
            return null;
        }
        catch (AtlasRefusedException refusal)
        {
            // If the session goes on, something is wrong with an event.
            await renew().ConfigureAwait(false);
            return refusal;
        }
    }

    private ImmutableArray<JsonElement>? NextBatch(int largest)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                return EventBatch.First(_waiting, largest);
            }

            _pump = null;
            return null;
        }
    }

    private void Taken(int count)
    {
        lock (_lock)
        {
            _waiting.RemoveRange(0, count);
        }
    }

    private int Refuse()
    {
        lock (_lock)
        {
            var lost = _waiting.Count;
            _waiting.Clear();
            _refused = true;
            return lost;
        }
    }
}
