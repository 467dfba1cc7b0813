using Atlas.Grains.Standing;

namespace Atlas.Grains.Copies;

/// <summary>The silos that hold a copy of one key's playbook. Lives inside the key's activation.</summary>
internal sealed class CopyHolders(string learningKey, PlaybookCopyClient silos, SiloStanding standing, TimeProvider time)
{
    private readonly Dictionary<SiloAddress, long> _lent = [];
    private bool _withdrawing;

    /// <summary>Lends to a silo.</summary>
    /// <returns>For how long; never longer than this silo may itself speak for the key.</returns>
    public TimeSpan Lend(SiloAddress holder)
    {
        if (_withdrawing || standing.Remaining is var remaining && remaining <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var duration = remaining < StandingTimes.Lease ? remaining : StandingTimes.Lease;
        _lent[holder] = time.GetTimestamp() + (long)(StandingTimes.Outlast(duration).TotalSeconds * time.TimestampFrequency);
        return duration;
    }

    /// <summary>Returns when no silo uses a copy any more, and lends none until <see cref="Resume"/>.</summary>
    public async Task WithdrawAsync()
    {
        _withdrawing = true;
        if (_lent.Count > 0)
        {
            var holders = _lent.ToArray();
            _lent.Clear();
            await Task.WhenAll(holders.Select(holder => WithdrawAsync(holder.Key, holder.Value)));
        }
    }

    /// <summary>Lends again.</summary>
    public void Resume() => _withdrawing = false;

    private async Task WithdrawAsync(SiloAddress holder, long until)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), until);
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        var over = Task.Delay(left, time);
        var confirmed = ConfirmAsync();
        if (await Task.WhenAny(over, confirmed) == confirmed && !await confirmed)
        {
            await over;
        }

        async Task<bool> ConfirmAsync()
        {
            try
            {
                await silos.LetGoAsync(holder, learningKey);
                return true;
            }
            catch (Exception)
            {
                // It is dead or cut off. Its copy is of no use to it once the time is over.
                return false;
            }
        }
    }
}
