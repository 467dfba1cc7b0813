using Atlas.Grains.Leases;

namespace Atlas.Grains.Copies;

/// <summary>Tracks the silos that hold a copy of one key's playbook. Lives inside the key's activation.</summary>
internal sealed class CopyHolders(string learningKey, PlaybookCopyClient silos, ReadLease own, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    // Clocks of two machines do not run at exactly the same speed.
    private const double Margin = 1.1;

    private readonly Dictionary<SiloAddress, long> _lent = [];
    private bool _withdrawing;

    /// <summary>Lends a copy to a silo.</summary>
    /// <returns>The duration; never longer than this silo's own lease.</returns>
    public TimeSpan Lend(SiloAddress holder)
    {
        if (_withdrawing || own.Remaining is var remaining && remaining <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var duration = remaining < Longest ? remaining : Longest;
        _lent[holder] = time.GetTimestamp() + (long)((duration * Margin).TotalSeconds * time.TimestampFrequency);
        return duration;
    }

    /// <summary>Completes when no silo uses a copy any more, and lends none until <see cref="Resume"/>.</summary>
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

    /// <summary>Allows lending again.</summary>
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
                // The silo is dead or cut off. It cannot use its copy once the time is over.
                return false;
            }
        }
    }
}
