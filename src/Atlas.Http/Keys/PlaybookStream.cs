using System.Text;
using System.Threading.Channels;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;

namespace Atlas.Http.Keys;

/// <summary><c>GET /v1/keys/{key}/watch</c>: server-sent events, one for each playbook that becomes current.</summary>
/// <remarks>The id of an event is the digest of its playbook. A caller that comes back with <c>Last-Event-ID</c> is sent the current
/// one only if it is another. What is pushed is not relied on: the key is asked again every five seconds.</remarks>
/// <param name="backend">The cluster.</param>
/// <param name="caller">Who watches.</param>
/// <param name="stored">The key as it is stored.</param>
/// <param name="heartbeat">The time between two signs of life.</param>
/// <param name="mayStay">Whether the caller may go on watching.</param>
/// <param name="time">The clock.</param>
public sealed class PlaybookStream(
    Backend backend, Caller caller, string stored, TimeSpan heartbeat, Func<HttpContext, ValueTask<bool>> mayStay, TimeProvider time)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private int _sent;
    private long _lastSign = time.GetTimestamp();
    private long _lastRenewal = time.GetTimestamp();

    /// <summary>Writes until the caller has gone, or may stay no longer.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var mailbox = new Mailbox();
        var observer = backend.Grains.CreateObjectReference<IPlaybookObserver>(mailbox);
        var key = backend.Key(stored);
        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        try
        {
            // Before the answer begins, so that a key out of reach is still told with a status.
            var current = await key.Subscribe(observer).ConfigureAwait(false);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await context.Response.WriteAsync("retry: 1000\n\n", stop).ConfigureAwait(false);
            while (true)
            {
                seen = await SendAsync(context, current, seen, stop).ConfigureAwait(false);
                current = await NextAsync(context, key, observer, mailbox, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            // The caller has gone, or its API key.
        }
        finally
        {
            await ForgetAsync(key, observer).ConfigureAwait(false);
            GC.KeepAlive(mailbox); // Orleans itself refers to it weakly.
        }
    }

    private async Task<string> SendAsync(HttpContext context, ResolvedPlaybook playbook, string seen, CancellationToken stop)
    {
        var bytes = PlaybookBytes.Of(playbook, caller);
        _sent = playbook.Version;
        if (bytes.Digest == seen)
        {
            return seen;
        }

        var text = new StringBuilder("event: playbook\nid: ").Append(bytes.Digest).Append("\ndata: ")
            .Append(Encoding.UTF8.GetString(bytes.Json)).Append("\n\n");
        await context.Response.WriteAsync(text.ToString(), stop).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
        return bytes.Digest;
    }

    /// <summary>The next playbook that is pushed, or the one that the key names when it is asked again. Sends a sign of life where it is due.</summary>
    private async Task<ResolvedPlaybook> NextAsync(
        HttpContext context, ILearningKeyGrain key, IPlaybookObserver observer, Mailbox mailbox, CancellationToken stop)
    {
        while (true)
        {
            if (!await mayStay(context).ConfigureAwait(false))
            {
                throw new OperationCanceledException("The API key is no longer valid.");
            }

            var due = heartbeat - time.GetElapsedTime(_lastSign);
            if (due <= TimeSpan.Zero)
            {
                await context.Response.WriteAsync(": alive\n\n", stop).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
                _lastSign = time.GetTimestamp();
                due = heartbeat;
            }

            if (await mailbox.TakeAsync(due < Renewal ? due : Renewal, time, stop).ConfigureAwait(false) is { } pushed)
            {
                // One that was overtaken, or an older version made current again: the key knows which.
                return pushed.Version < _sent && await RenewAsync(key, observer).ConfigureAwait(false) is { } now ? now : pushed;
            }

            if (time.GetElapsedTime(_lastRenewal) >= Renewal)
            {
                _lastRenewal = time.GetTimestamp();
                if (await RenewAsync(key, observer).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
        }
    }

    private static async Task<ResolvedPlaybook?> RenewAsync(ILearningKeyGrain key, IPlaybookObserver observer)
    {
        try
        {
            return await key.Subscribe(observer).ConfigureAwait(false);
        }
        catch (Exception away) when (away is AtlasUnavailableException or TimeoutException or Orleans.Runtime.OrleansException)
        {
            return null;
        }
    }

    private async Task ForgetAsync(ILearningKeyGrain key, IPlaybookObserver observer)
    {
        try
        {
            await key.Unsubscribe(observer).ConfigureAwait(false);
            backend.Grains.DeleteObjectReference<IPlaybookObserver>(observer);
        }
        catch (Exception)
        {
            // The cluster forgets it by itself.
        }
    }

    private sealed class Mailbox : IPlaybookObserver
    {
        private readonly Channel<ResolvedPlaybook> _newest =
            Channel.CreateBounded<ResolvedPlaybook>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public Task Changed(ResolvedPlaybook playbook)
        {
            _newest.Writer.TryWrite(playbook);
            return Task.CompletedTask;
        }

        /// <summary>What is pushed next; null if nothing is for so long.</summary>
        public async Task<ResolvedPlaybook?> TakeAsync(TimeSpan patience, TimeProvider time, CancellationToken stop)
        {
            using var late = new CancellationTokenSource(patience, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
            try
            {
                return await _newest.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return null;
            }
        }
    }
}
