using Atlas.Domain;
using Atlas.Http;
using Atlas.Pages.Access;
using Atlas.Pages.Frame;
using Microsoft.Extensions.Hosting;

namespace Atlas.Pages.Sessions;

/// <summary><c>/console/live/session</c>: server-sent events that report that a session has changed, until it ends.</summary>
internal static class SessionStream
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task WriteAsync(HttpContext context)
    {
        var request = new ConsoleRequest(context);
        var id = request.Number("id") ?? 0;
        await SessionReader.DemandAsync(request, id).ConfigureAwait(false);

        // A stopping silo would wait for a stream that never ends; the page reconnects anyway.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Stop, request.Service<IHostApplicationLifetime>().ApplicationStopping);
        var (sessions, gate, time, stop) = (request.Service<Backend>().Sessions, request.Service<ConsoleGate>(), request.Service<TimeProvider>(), end.Token);
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 1000\n\n", stop).ConfigureAwait(false);
        var seen = context.Request.Headers["Last-Event-ID"].ToString();
        try
        {
            while (await gate.MayStayAsync(context).ConfigureAwait(false)
                && await sessions.FindAsync(id, maxEvents: 0, stop).ConfigureAwait(false) is { } session)
            {
                var standing = FormattableString.Invariant($"{session.Summary.EventCount}-{session.Steps.Length}-{session.Summary.Status}-{session.Judging?.State}-{session.Summary.ReviewStatus}");
                await response.WriteAsync(standing == seen ? ": alive\n\n" : $"event: session\nid: {standing}\ndata: {{}}\n\n", stop).ConfigureAwait(false);
                await response.Body.FlushAsync(stop).ConfigureAwait(false);
                seen = standing;
                if (session.Summary.Status is not SessionStatus.Running && session.Judging is not { State: JudgingStatus.Pending })
                {
                    // Without this event, a browser would reconnect forever.
                    await response.WriteAsync("event: over\ndata: {}\n\n", stop).ConfigureAwait(false);
                    return;
                }

                await Task.Delay(Pause, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has gone, or the silo is stopping.
        }
    }
}
