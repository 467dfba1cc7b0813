using Atlas.Grains.Telemetry;
using Atlas.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Leases;

/// <summary>Says whether this silo may answer from memory: whether nobody else can own its keys now.</summary>
/// <remarks>
/// A silo that stood still, or that the others could not reach, may have been declared dead without knowing; another one may
/// then have changed what this one remembers. So memory counts for a short while after the membership table named this silo
/// among the living, measured from before the question. The others wait for longer than that before they take over its keys.
/// While the database is away nobody can be declared dead, so the lease goes on then, unless this process stood still meanwhile.
/// </remarks>
internal sealed class ReadLease(IClusterStanding standing, ReadLeaseOptions options, TimeProvider time, ILogger<ReadLease> log)
    : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _duration = options.Duration;
    private Task? _renewal;
    private string? _store;
    private int _epoch;
    private long _from;
    private long _lastLook;
    private bool _granted;
    private bool _doubtful = true;
    private bool _expelled;

    /// <summary>Whether memory counts at this moment. Costs one reading of the clock.</summary>
    public bool IsValid => Volatile.Read(ref _granted) && time.GetElapsedTime(Volatile.Read(ref _from)) < _duration;

    /// <summary>Another number whenever the tables were put back from elsewhere: what was read before counts no more.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>How much longer memory counts without asking again; zero or less if it does not.</summary>
    public TimeSpan Remaining =>
        Volatile.Read(ref _granted) ? _duration - time.GetElapsedTime(Volatile.Read(ref _from)) : TimeSpan.Zero;

    /// <summary>Makes sure that memory counts, by asking the database if the lease has run out.</summary>
    /// <exception cref="AtlasUnavailableException">It does not count: the silo was declared dead, or cannot tell.</exception>
    public async Task DemandAsync()
    {
        for (var attempt = 0; attempt < 2 && !IsValid; attempt++)
        {
            // A renewal that is under way may rest on a question that is too old already; the second one does not.
            await RenewAsync();
        }

        if (!IsValid)
        {
            throw new AtlasUnavailableException("This silo cannot tell whether it still belongs to its cluster; send the request again.");
        }
    }

    /// <summary>Asks the database once, for all who wait.</summary>
    internal Task RenewAsync()
    {
        lock (_lock)
        {
            return _renewal is null or { IsCompleted: true } ? _renewal = Task.Run(AskAsync) : _renewal;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_duration / 4, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RenewAsync().WaitAsync(stoppingToken);
        }
    }

    private async Task AskAsync()
    {
        var began = time.GetTimestamp();
        var stoodStill = time.GetElapsedTime(_lastLook, began) >= _duration;
        _lastLook = began;
        try
        {
            using var patience = new CancellationTokenSource(_duration / 2, time);
            var sight = await standing.LookAsync(patience.Token);
            if (_store is { } known && sight.Store != known)
            {
                // What this silo remembers, another database knows nothing of.
                Interlocked.Increment(ref _epoch);
                log.DatabaseReplaced();
            }

            _store = sight.Store;
            if (sight.IsMember)
            {
                _doubtful = false;
                Grant(began);
            }
            else if (_granted)
            {
                await ExpelAsync();
            }
        }
        catch (Exception failure)
        {
            _doubtful |= stoodStill;
            if (!_doubtful && !_expelled)
            {
                Grant(began);
            }
            else
            {
                log.StandingUnknown(failure);
            }
        }
    }

    private void Grant(long began)
    {
        Volatile.Write(ref _from, began);
        Volatile.Write(ref _granted, true);
    }

    private async Task ExpelAsync()
    {
        Volatile.Write(ref _granted, false);
        _doubtful = true;
        if (!_expelled)
        {
            _expelled = true;
            log.Expelled();
            await standing.FaceItAsync();
        }
    }
}
