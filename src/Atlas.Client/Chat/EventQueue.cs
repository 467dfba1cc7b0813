using System.Text.Json;
using Atlas.Contracts;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Stores the events of a session in the background, in order and in batches: events that arrive while a batch is on its way go
/// into the next one. Events that cannot be stored wait for the next attempt.</summary>
public sealed class EventQueue(Func<IReadOnlyList<JsonElement>, Task> append, long sessionId, int most, ILogger logger)
{
    private const int LargestBatch = 256;

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
        while (NextBatch() is { } batch)
        {
            try
            {
                await append(batch).ConfigureAwait(false);
                lock (_lock)
                {
                    _waiting.RemoveRange(0, batch.Length);
                }
            }
            catch (AtlasRefusedException refusal)
            {
                logger.EventsLost(Refuse(), sessionId, refusal.Message);
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

    private JsonElement[]? NextBatch()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                return [.. _waiting.Take(LargestBatch)];
            }

            _pump = null;
            return null;
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
