using Atlas.Grains.Telemetry;
using Atlas.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Leases;

/// <summary>Determines whether this silo can answer from memory, because nobody else can own its keys now.</summary>
/// <remarks>
/// A silo that was suspended, or that the others could not reach, can have been declared dead without knowing it, and another one can then
/// have changed what this one remembers. So memory is valid for a short while after the membership table listed this silo as alive,
/// measured from before the query. The others wait longer than that before they take over its keys. If the database does not answer, the
/// other silos are asked, and one that reaches it looks there for this one. If all of them answer and none reaches it, nobody can have
/// declared this silo dead, and the lease continues, unless this process was suspended meanwhile. It does not continue forever, because a
/// silo that nobody knows yet could start. A silo that reaches neither the database nor all others answers nothing from memory.
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
    private long _lastSeen;
    private bool _granted;
    private bool _doubtful = true;
    private bool _expelled;

    /// <summary>Whether memory is valid at this moment. Costs one reading of the clock.</summary>
    public bool IsValid => Volatile.Read(ref _granted) && time.GetElapsedTime(Volatile.Read(ref _from)) < _duration;

    /// <summary>A number that changes whenever the tables were restored from elsewhere: what was read before is no longer valid.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>How much longer memory is valid without asking again; zero or less if it is not.</summary>
    public TimeSpan Remaining =>
        Volatile.Read(ref _granted) ? _duration - time.GetElapsedTime(Volatile.Read(ref _from)) : TimeSpan.Zero;

    /// <summary>Makes sure that memory is valid, by asking the database if the lease has run out.</summary>
    /// <exception cref="AtlasUnavailableException">It is not valid: the silo was declared dead, or cannot tell.</exception>
    public async Task DemandAsync()
    {
        for (var attempt = 0; attempt < 2 && !IsValid; attempt++)
        {
            // A running renewal can be based on a query that is already too old; the second one is not.
            await RenewAsync();
        }

        if (!IsValid)
        {
            throw new AtlasUnavailableException("This silo cannot tell whether it still belongs to its cluster. Send the request again.");
        }
    }

    /// <summary>Asks the database once, for all waiting callers.</summary>
    internal Task RenewAsync()
    {
        lock (_lock)
        {
            return _renewal is null or { IsCompleted: true } ? _renewal = Start() : _renewal;
        }
    }

    // Runs for all waiting callers, so the first one's identity must not be used for the query.
    private Task Start()
    {
        using var flow = ExecutionContext.SuppressFlow();
        return Task.Run(AskAsync);
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
        _doubtful |= time.GetElapsedTime(_lastLook, began) >= _duration;
        _lastLook = began;
        using var patience = new CancellationTokenSource(_duration / 2, time);
        var looking = standing.LookAsync(patience.Token);
        var heard = await IsSeenSoonAsync(looking, patience.Token) ? default : await HearAsync(patience.Token);
        if ((heard.Sight ?? await SightAsync(looking, patience.Token)) is { } sight)
        {
            await BelieveAsync(sight, began);
        }
        else if (heard.AllAnswered && !_doubtful && !_expelled && time.GetElapsedTime(_lastSeen, began) < options.WithoutDatabase)
        {
            Grant(began);
        }
        else
        {
            log.StandingUnknown(looking.Exception?.GetBaseException());
        }
    }

    private async Task BelieveAsync(ClusterSight sight, long began)
    {
        if (_store is { } known && sight.Store != known)
        {
            // Another database knows nothing of what this silo remembers.
            Interlocked.Increment(ref _epoch);
            log.DatabaseReplaced();
        }

        _store = sight.Store;
        if (sight.IsMember)
        {
            _doubtful = false;
            _lastSeen = began;
            Grant(began);
        }
        else if (_granted)
        {
            await ExpelAsync();
        }
    }

    /// <summary>Whether the database has answered within a quarter of the lease.</summary>
    private async Task<bool> IsSeenSoonAsync(Task<ClusterSight> looking, CancellationToken cancellation) =>
        await Task.WhenAny(looking, Task.Delay(_duration / 4, time, cancellation)) == looking && looking.IsCompletedSuccessfully;

    private async Task<Hearsay> HearAsync(CancellationToken cancellation)
    {
        try
        {
            return await standing.HearAsync(cancellation);
        }
        catch (Exception)
        {
            // This silo does not even know whom to ask, because it is starting or stopping.
            return default;
        }
    }

    /// <summary>Returns what the database says, if it answers within its time.</summary>
    private static async Task<ClusterSight?> SightAsync(Task<ClusterSight> looking, CancellationToken cancellation)
    {
        try
        {
            return await looking.WaitAsync(cancellation);
        }
        catch (Exception)
        {
            return null;
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
