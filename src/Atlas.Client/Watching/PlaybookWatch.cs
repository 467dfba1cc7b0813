using System.Runtime.CompilerServices;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Watching;

/// <summary>A watch on one key: receives what the cluster pushes, and checks from time to time whether it missed anything.</summary>
/// <remarks>Subscriptions live in the memory of the key's activation. Renewing one costs a read, reveals a lost push, and moves to another
/// silo if the previous one has died.</remarks>
internal sealed class PlaybookWatch(IGrainFactory grains, ILearningKeyGrain key, TimeProvider time)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<WatchedPlaybook> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var mailbox = new PlaybookMailbox();
        var observer = grains.CreateObjectReference<IPlaybookObserver>(mailbox);
        ResolvedPlaybook? seen = null;
        try
        {
            while (true)
            {
                var current = await SubscribeAsync(observer, cancellationToken).ConfigureAwait(false);
                if (current is not null && current != seen)
                {
                    yield return Note(current, ref seen);
                }

                var until = time.GetTimestamp() + (long)((current is null ? Retry : Renewal).TotalSeconds * time.TimestampFrequency);
                while (await ReceiveAsync(mailbox, until, cancellationToken).ConfigureAwait(false) is { } pushed)
                {
                    if (pushed == seen)
                    {
                        continue;
                    }

                    if (IsOlder(pushed, seen))
                    {
                        // Either an answer overtook it or an older version was made current again: the key knows which.
                        break;
                    }

                    yield return Note(pushed, ref seen);
                }
            }
        }
        finally
        {
            await UnsubscribeAsync(observer).ConfigureAwait(false);
            GC.KeepAlive(mailbox); // Orleans only has a weak reference to it.
        }
    }

    private static bool IsOlder(ResolvedPlaybook pushed, ResolvedPlaybook? seen) =>
        seen is not null && (pushed.Version < seen.Version || pushed.UpdatedAt < seen.UpdatedAt);

    private static WatchedPlaybook Note(ResolvedPlaybook playbook, ref ResolvedPlaybook? seen)
    {
        var missed = seen is null ? 0 : Math.Max(0, playbook.Version - seen.Version - 1);
        seen = playbook;
        return new WatchedPlaybook(playbook, missed);
    }

    private async Task<ResolvedPlaybook?> SubscribeAsync(IPlaybookObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await Failures.CallAsync(key.Subscribe(observer), cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Returns the next pushed playbook; null if none arrives in time.</summary>
    private async Task<ResolvedPlaybook?> ReceiveAsync(PlaybookMailbox mailbox, long until, CancellationToken cancellationToken)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), until);
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await mailbox.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task UnsubscribeAsync(IPlaybookObserver observer)
    {
        try
        {
            await key.Unsubscribe(observer).ConfigureAwait(false);
            grains.DeleteObjectReference<IPlaybookObserver>(observer);
        }
        catch (Exception)
        {
            // The cluster drops the subscription when it expires.
        }
    }
}
