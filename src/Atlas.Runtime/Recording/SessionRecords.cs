using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Client.Chat;
using Atlas.Contracts;
using Atlas.Domain.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Recording;

/// <summary>Stores the records of a session in the background: events in batches, the rest one after the other. What cannot be stored now is
/// retried; nothing here ever fails the work.</summary>
internal sealed class SessionRecords : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly AtlasSession _session;
    private readonly EventQueue _events;
    private readonly Patience _patience;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Func<Task>> _waiting = [];
    private readonly Task _heart;
    private Task _pump = Task.CompletedTask;
    private bool _isPumping;
    private bool _refused;

    public SessionRecords(AtlasSession session, AtlasRuntimeOptions options, TimeProvider time, Patience patience, ILogger log)
    {
        (_session, _patience, _log) = (session, patience, log);
        _events = new EventQueue(batch => session.AppendAsync(batch), () => session.RenewAsync(), session.SessionId, options.MaxWaitingEvents, log);
        _heart = BeatAsync(options.Heartbeat, time);
    }

    public void Event(JsonElement happened) => _events.Add([happened]);

    public void Plan(SessionPlan plan) => Add(() => _session.RecordPlanAsync(plan));

    public void Step(StepRecord step) => Add(() => _session.RecordStepAsync(step));

    public void Guidance(int stepId, string note) => Add(() => _session.RecordGuidanceAsync(stepId, note));

    /// <summary>Waits until everything is stored.</summary>
    /// <exception cref="AtlasUnavailableException">The cluster was unreachable for as long as it was retried.</exception>
    public async Task DrainAsync()
    {
        var began = _patience.Now;
        for (var tries = 0; ; tries++)
        {
            var events = await _events.DrainAsync().ConfigureAwait(false);
            if (events == 0 && RecordsLeft() == 0)
            {
                return;
            }

            if (_patience.IsOver(began))
            {
                throw new AtlasUnavailableException(
                    FormattableString.Invariant($"The cluster could not be reached; {events} events and {RecordsLeft()} other records of the session were not stored."));
            }

            if (events > 0)
            {
                await _patience.PauseAsync(tries, CancellationToken.None).ConfigureAwait(false);
            }
            else
            {
                await Task.WhenAny(Running(), _patience.PauseAsync(tries, CancellationToken.None)).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_heart, Running()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Add(Func<Task> write)
    {
        lock (_lock)
        {
            if (_refused || _stop.IsCancellationRequested)
            {
                return;
            }

            _waiting.Enqueue(write);
            if (!_isPumping)
            {
                _isPumping = true;
                _pump = Task.Run(PumpAsync);
            }
        }
    }

    private int RecordsLeft()
    {
        lock (_lock)
        {
            return _waiting.Count;
        }
    }

    private Task Running()
    {
        lock (_lock)
        {
            return _pump;
        }
    }

    private async Task PumpAsync()
    {
        var tries = 0;
        while (Next() is { } write)
        {
            try
            {
                await write().ConfigureAwait(false);
                (tries, _) = (0, Done());
            }
            catch (AtlasRefusedException refusal)
            {
                _log.RecordRefused(_session.SessionId, refusal.Message);
                Done();
            }
            catch (Exception failure)
            {
                if (tries++ == 0)
                {
                    _log.RecordWaits(_session.SessionId, failure.Message);
                }

                await _patience.PauseAsync(tries, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private Func<Task>? Next()
    {
        lock (_lock)
        {
            // A write stays here until it is stored, so an empty queue does not mean that nobody looks at it.
            _isPumping = _waiting.TryPeek(out var write);
            return write;
        }
    }

    private int Done()
    {
        lock (_lock)
        {
            _waiting.Dequeue();
            return _waiting.Count;
        }
    }

    /// <summary>Renews the session's lease, and retries waiting events.</summary>
    private async Task BeatAsync(TimeSpan interval, TimeProvider time)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            try
            {
                await _session.RenewAsync().ConfigureAwait(false);
                await _events.DrainAsync().ConfigureAwait(false);
            }
            catch (AtlasRefusedException refusal)
            {
                _log.RecordRefused(_session.SessionId, refusal.Message);
                lock (_lock)
                {
                    _refused = true;
                }

                return;
            }
            catch (Exception failure)
            {
                _log.TriesAgain(failure.Message);
            }
        }
    }
}
