using System.Text.Json;
using Atlas.Contracts;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Stores the events of a session beside the chat, in order and many at a time: what comes in while a batch is on its way
/// goes with the next one. What cannot be stored now waits for the next try.</summary>
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
                // The newest are dropped: those before them may be stored already under the numbers they have.
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

    /// <summary>Tries to store all that waits, beginning now.</summary>
    /// <returns>How many events still wait.</returns>
    public async Task<int> DrainAsync()
    {
        // A try that is running may have failed already; what it leaves gets one of its own.
        await Running().ConfigureAwait(false);
        await Restarted().ConfigureAwait(false);
        lock (_lock)
        {
            if (_dropped > 0)
            {
                logger.EventsLost(_dropped, sessionId, _refused ? "the session takes no more" : "too many waited");
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
