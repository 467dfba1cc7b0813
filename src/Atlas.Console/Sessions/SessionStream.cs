using Atlas.Http;
using Atlas.Pages.Access;
using Atlas.Pages.Frame;

namespace Atlas.Pages.Sessions;

/// <summary><c>/console/live/session</c>: server-sent events that say that a session has moved, until it has ended.</summary>
internal static class SessionStream
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task WriteAsync(HttpContext context)
    {
        var request = new ConsoleRequest(context);
        var id = request.Number("id") ?? 0;
        await SessionReader.DemandAsync(request, id).ConfigureAwait(false);
        var (sessions, gate, time, stop) = (request.Service<Backend>().Sessions, request.Service<ConsoleGate>(), request.Service<TimeProvider>(), request.Stop);
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
                await Task.Delay(Pause, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has gone.
        }
    }
}
