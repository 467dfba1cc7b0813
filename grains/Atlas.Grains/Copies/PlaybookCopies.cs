using System.Collections.Concurrent;
using Atlas.Contracts.Playbooks;
using Atlas.Identity.Calls;

namespace Atlas.Grains.Copies;

/// <summary>This silo's copies of frequently read playbooks, so that a popular key is not limited by the one activation that owns
/// it.</summary>
/// <remarks>
/// Strict reads use a copy only while its lease is valid. The owner makes a newer version current, and acknowledges it, only when every
/// lease has ended or been given back, so what a strict read returns was current at some moment between request and response. Relaxed reads
/// use any copy and report its age.
/// </remarks>
internal sealed class PlaybookCopies : IDisposable
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Unread = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, PlaybookCopy> _copies = new(StringComparer.Ordinal);
    private readonly IGrainFactory _grains;
    private readonly ILocalSiloDetails _self;
    private readonly TimeProvider _time;
    private readonly TicketOffice? _tickets;
    private readonly ITimer _sweeper;

    public PlaybookCopies(IGrainFactory grains, ILocalSiloDetails self, TimeProvider time, TicketOffice? tickets = null)
    {
        (_grains, _self, _time, _tickets) = (grains, self, time, tickets);
        _sweeper = time.CreateTimer(_ => ForgetUnread(), null, Sweep, Sweep);
    }

    /// <summary>Reads the playbook of a key.</summary>
    /// <exception cref="Contracts.AtlasUnavailableException">The owner cannot answer now.</exception>
    public ValueTask<ResolvedPlaybook> ReadAsync(string learningKey, PlaybookFreshness freshness)
    {
        var copy = _copies.GetOrAdd(learningKey, static key => new PlaybookCopy(key));
        var now = _time.GetTimestamp();
        Volatile.Write(ref copy.LastRead, now);
        if (freshness is PlaybookFreshness.Relaxed)
        {
            return ReadRelaxedAsync(copy, now);
        }

        if (copy.Held is { } held && now < held.Until)
        {
            RenewInTime(copy, held, now);
            return new(held.Playbook);
        }

        return new(AskAsync(copy, keep: false));
    }

    /// <summary>Drops a copy: once this returns, no strict read uses it or an answer still on its way.</summary>
    public void LetGo(string learningKey)
    {
        if (_copies.TryGetValue(learningKey, out var copy))
        {
            lock (copy.Lock)
            {
                copy.Withdrawals++;
                copy.Asking = null;
                copy.Held = copy.Held is { } held ? held with { Until = long.MinValue, IsOld = true } : null;
            }
        }
    }

    /// <summary>Drops a copy completely, so that relaxed reads do not use it either.</summary>
    public void Drop(string learningKey)
    {
        if (_copies.TryGetValue(learningKey, out var copy))
        {
            lock (copy.Lock)
            {
                copy.Withdrawals++;
                (copy.Asking, copy.Held) = (null, null);
            }
        }
    }

    public void Dispose() => _sweeper.Dispose();

    private async ValueTask<ResolvedPlaybook> ReadRelaxedAsync(PlaybookCopy copy, long now)
    {
        if (copy.Held is not { } held)
        {
            return await AskAsync(copy, keep: true) with { Age = TimeSpan.Zero };
        }

        if (held.IsOld)
        {
            try
            {
                return await AskAsync(copy, keep: true) with { Age = TimeSpan.Zero };
            }
            catch (Exception)
            {
                // An old playbook with its age is better than nothing: relaxed reads exist for this.
                now = _time.GetTimestamp();
            }
        }
        else
        {
            RenewInTime(copy, held, now);
        }

        return held.Playbook with { Age = _time.GetElapsedTime(held.AsOf, now) };
    }

    // After half of the lease, a read starts a renewal without waiting for it.
    private void RenewInTime(PlaybookCopy copy, HeldPlaybook held, long now)
    {
        if (now - held.AsOf > (held.Until - held.AsOf) / 2 && copy.Asking is null)
        {
            _ = AskAsync(copy, keep: true).ContinueWith(
                static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task<ResolvedPlaybook> AskAsync(PlaybookCopy copy, bool keep)
    {
        // The copy belongs to this silo, whoever reads it first.
        _tickets?.SpeakForItself();
        Task<ResolvedPlaybook> asking;
        bool joined;
        lock (copy.Lock)
        {
            joined = copy.Asking is not null;
            var now = _time.GetTimestamp();
            keep = (keep || joined || _time.GetElapsedTime(copy.LastAsked, now) < Often) && !copy.IsRetired;
            copy.LastAsked = now;
            if (joined)
            {
                asking = copy.Asking!;
            }
            else
            {
                asking = keep ? BorrowAsync(copy, copy.Withdrawals, now) : OwnerOf(copy).Resolve().AsTask();
                copy.Asking = keep && !asking.IsCompleted ? asking : null;
            }
        }

        var answer = await asking;
        if (!joined)
        {
            return answer;
        }

        // The answer can be older than this read, so it is valid only like a copy: while the lease lasts.
        return copy.Held is { } held && _time.GetTimestamp() < held.Until ? held.Playbook : await OwnerOf(copy).Resolve();
    }

    private async Task<ResolvedPlaybook> BorrowAsync(PlaybookCopy copy, int withdrawals, long asked)
    {
        // Release the caller's lock first.
        await Task.Yield();
        PlaybookLoan? loan = null;
        try
        {
            loan = await _grains.GetGrain<IPlaybookOwner>(copy.LearningKey).Lend(_self.SiloAddress);
            return loan.Playbook;
        }
        finally
        {
            lock (copy.Lock)
            {
                if (copy.Withdrawals == withdrawals)
                {
                    copy.Asking = null;
                    if (loan is { } lent && !copy.IsRetired)
                    {
                        var until = asked + (long)(lent.Duration.TotalSeconds * _time.TimestampFrequency);
                        copy.Held = new HeldPlaybook(lent.Playbook, asked, until, IsOld: false);
                    }
                }
            }
        }
    }

    private ILearningKeyGrain OwnerOf(PlaybookCopy copy) => _grains.GetGrain<ILearningKeyGrain>(copy.LearningKey);

    private void ForgetUnread()
    {
        var now = _time.GetTimestamp();
        foreach (var (key, copy) in _copies)
        {
            if (_time.GetElapsedTime(Volatile.Read(ref copy.LastRead), now) > Unread)
            {
                lock (copy.Lock)
                {
                    copy.IsRetired = true;
                    copy.Held = null;
                    _copies.TryRemove(new(key, copy));
                }
            }
        }
    }
}
