using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Grains.Hosting;
using Atlas.Storage.Membership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Atlas.Grains.Standing;

/// <summary>Knows whether this silo may speak for the grains it holds: only while it has seen lately that nobody declared it dead.</summary>
/// <remarks>
/// A silo that was frozen or cut off may have been declared dead, and its grains live elsewhere. It looks at the membership
/// table twice a second; what it saw is good for <see cref="StandingTimes.Lease"/>, counted from before the look. Whoever takes over
/// the grains of a silo that was declared dead waits that long first (<see cref="OutwaitTheDeadAsync"/>). So there is never a
/// moment at which two silos speak for one grain. Clocks are only ever held against themselves.
/// </remarks>
internal sealed class SiloStanding(
    MembershipQueries members, ILocalSiloDetails self, IOptions<ClusterOptions> cluster, TimeProvider time, ILogger<SiloStanding> log)
    : BackgroundService
{
    private readonly Lock _lock = new();
    private ImmutableHashSet<(string Address, int Port, int Generation)> _pushed = [];
    private Task _looking = Task.CompletedTask;
    private Task<bool>? _next;
    private bool _alone;
    private long _validUntil;
    private long _quietUntil;

    /// <summary>Whether this silo may speak now.</summary>
    public bool IsValid => time.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>How much longer it may without looking again; zero or less if it may not.</summary>
    public TimeSpan Remaining => time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref _validUntil));

    /// <summary>Returns once it is certain that this silo may speak.</summary>
    /// <exception cref="AtlasUnavailableException">It was declared dead, or cannot find out.</exception>
    public async Task ConfirmAsync()
    {
        if (!IsValid && !(await LookAsync() && IsValid))
        {
            throw new AtlasUnavailableException(
                "This silo cannot tell whether it still belongs to its cluster; send the request again.");
        }
    }

    /// <summary>Waits until no silo that was declared dead can still speak for grains that are taken over now.</summary>
    /// <returns>Whether it had to wait, so that what was read from the database before may be old.</returns>
    /// <exception cref="AtlasUnavailableException">The database does not say who is dead.</exception>
    public async Task<bool> OutwaitTheDeadAsync(CancellationToken cancellationToken)
    {
        // Only a look that begins now tells of all who were declared dead before now.
        if (!await LookAsync())
        {
            throw new AtlasUnavailableException("The database does not say which silos are alive; send the request again.");
        }

        var waited = false;
        while (time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref _quietUntil)) is var left && left > TimeSpan.Zero)
        {
            waited = true;
            await Task.Delay(left, time, cancellationToken);
        }

        return waited;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StandingTimes.Look, time);
        do
        {
            await LookAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Many who ask at once share a look, but none joins one that has begun before it asked.
    private Task<bool> LookAsync()
    {
        lock (_lock)
        {
            return _next ??= Task.Run(() => LookAfterAsync(_looking));
        }
    }

    private async Task<bool> LookAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            (_looking, _next) = (_next!, null);
        }

        return await LookOnceAsync();
    }

    private async Task<bool> LookOnceAsync()
    {
        var began = time.GetTimestamp();
        try
        {
            using var patience = new CancellationTokenSource(_alone ? StandingTimes.PatienceAlone : StandingTimes.Patience, time);
            Learn(await members.ListAsync(cluster.Value.ClusterId, patience.Token).ConfigureAwait(false), began);
            return true;
        }
        catch (Exception failure)
        {
            // Without the database no other silo can join or take over, so one that was alone stays in charge.
            if (_alone)
            {
                Extend(time.GetTimestamp());
            }
            else
            {
                log.StandingUnknown(failure);
            }

            return _alone;
        }
    }

    private void Learn(ImmutableArray<MemberRow> rows, long began)
    {
        var me = self.SiloAddress;
        var address = me.Endpoint.Address.ToString();
        var mine = rows.FirstOrDefault(row => row.Address == address && row.Port == me.Endpoint.Port && row.Generation == me.Generation);
        _alone = rows.All(row => row.IsDead || row == mine);
        var pushed = rows.Where(row => row.WasPushed).Select(row => (row.Address, row.Port, row.Generation)).ToImmutableHashSet();
        if (!pushed.IsSubsetOf(_pushed))
        {
            Volatile.Write(ref _quietUntil, After(time.GetTimestamp(), StandingTimes.Outlast(StandingTimes.Lease)));
        }

        _pushed = pushed;
        if (mine is { IsDead: true })
        {
            Volatile.Write(ref _validUntil, 0);
            log.DeclaredDead();
        }
        else
        {
            // A silo that has not announced itself yet holds no grains that others could have taken over.
            Extend(began);
        }
    }

    private void Extend(long from) => Volatile.Write(ref _validUntil, After(from, StandingTimes.Lease));

    private long After(long timestamp, TimeSpan span) => timestamp + (long)(span.TotalSeconds * time.TimestampFrequency);
}
