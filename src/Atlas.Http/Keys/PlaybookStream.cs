using System.Text;
using System.Threading.Channels;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;
using Microsoft.Extensions.Hosting;

namespace Atlas.Http.Keys;

/// <summary><c>GET /v1/keys/{key}/watch</c>: server-sent events, one for each playbook that becomes current.</summary>
/// <remarks>The id of an event is the digest of its playbook. A caller that reconnects with <c>Last-Event-ID</c> gets the current playbook
/// only if it is a different one. Pushes alone are not relied on: the key is asked again every five seconds.</remarks>
/// <param name="backend">The cluster.</param>
/// <param name="caller">The caller that watches.</param>
/// <param name="stored">The key as it is stored.</param>
/// <param name="heartbeat">The time between two heartbeats.</param>
/// <param name="mayStay">Whether the caller can go on watching.</param>
/// <param name="time">The clock.</param>
/// <param name="check">The longest time between two checks whether the caller can go on watching; null for five seconds. It is always
/// checked before a playbook is sent.</param>
public sealed class PlaybookStream(
    Backend backend, Caller caller, string stored, TimeSpan heartbeat, Func<HttpContext, ValueTask<bool>> mayStay, TimeProvider time, TimeSpan? check = null)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _round = check ?? Renewal;

    private int _sent;
    private long _lastSign = time.GetTimestamp();
    private long _lastRenewal = time.GetTimestamp();

    /// <summary>Writes until the caller has gone, or is no longer allowed to watch.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        // A stopping server would wait for a stream that never ends; clients reconnect to another silo, or to the next one here.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
        var stop = end.Token;
        var mailbox = new Mailbox();
        var observer = backend.Grains.CreateObjectReference<IPlaybookObserver>(mailbox);
        var key = backend.Key(stored);
        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        try
        {
            // Before the answer begins, so that an unreachable key can still be reported with a status code.
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
            // The caller has gone, its API key was revoked, or the silo is stopping.
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

    /// <summary>Returns the next playbook that is pushed, or the one that the key names when asked again. Sends a heartbeat if one is
    /// due.</summary>
    private async Task<ResolvedPlaybook> NextAsync(
        HttpContext context, ILearningKeyGrain key, IPlaybookObserver observer, Mailbox mailbox, CancellationToken stop)
    {
        while (true)
        {
            var due = heartbeat - time.GetElapsedTime(_lastSign);
            if (due <= TimeSpan.Zero)
            {
                await context.Response.WriteAsync(": alive\n\n", stop).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
                _lastSign = time.GetTimestamp();
                due = heartbeat;
            }

            var next = await mailbox.TakeAsync(due < _round ? due : _round, time, stop).ConfigureAwait(false);
            if (next?.Version < _sent)
            {
                // Either a late push, or an older version that was made current again: the key knows which.
                next = await RenewAsync(key, observer).ConfigureAwait(false) ?? next;
            }
            else if (next is null && time.GetElapsedTime(_lastRenewal) >= Renewal)
            {
                _lastRenewal = time.GetTimestamp();
                next = await RenewAsync(key, observer).ConfigureAwait(false);
            }

            // After the waiting, in which the API key may have been revoked.
            if (!await mayStay(context).ConfigureAwait(false))
            {
                throw new OperationCanceledException("The API key is no longer valid.");
            }

            if (next is not null)
            {
                return next;
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
            // The cluster drops the subscription in time.
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

        /// <summary>Returns the next pushed playbook; null if none arrives in time.</summary>
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
