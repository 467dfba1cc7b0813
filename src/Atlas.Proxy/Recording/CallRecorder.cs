using System.Threading.Channels;
using Atlas.Configuration.Proxying;
using Atlas.Domain;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Atlas.Proxy.Recording;

/// <summary>Records calls in the background, one after the other, so that those of a session keep their order. The queue is bounded: beyond
/// it, the records of a call are dropped and counted.</summary>
internal sealed class CallRecorder(SessionRegistry sessions, LiveSessions live, ProxyOptions options, ILogger<CallRecorder> log) : BackgroundService, IHostedLifecycleService
{
    private const int MostWaiting = 10_000;

    private readonly Channel<RecordedCall> _calls = Channel.CreateBounded<RecordedCall>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Hands over a completed call. Never waits.</summary>
    public void Take(RecordedCall call)
    {
        if (!_calls.Writer.TryWrite(call))
        {
            ProxyTelemetry.Unrecorded.Add(1, new KeyValuePair<string, object?>("reason", "too_many"));
            call.Session.End();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var call in _calls.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                Record(call);
            }
            catch (Exception odd)
            {
                // Whatever a client or a model sends, the next call must still be recorded.
                ProxyTelemetry.Unrecorded.Add(1, new KeyValuePair<string, object?>("reason", "fault"));
                log.NotRecorded(call.Session.SessionId ?? 0, odd.Message);
            }
            finally
            {
                call.Session.End();
            }
        }
    }

    /// <summary>Stores what is pending while the cluster is still there: the silo may stop next.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await live.StoreAllAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _calls.Writer.TryComplete();
        if (ExecuteTask is { } work)
        {
            await work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Record(RecordedCall call)
    {
        var session = call.Session;
        if (session.Records is not { } records)
        {
            return;
        }

        if (call.Copy.IsCut)
        {
            ProxyTelemetry.Unrecorded.Add(1, new KeyValuePair<string, object?>("reason", "too_large"));
        }

        var messages = records.Take(call, readsAll: options.PrefixChain);
        session.EndedWell = call.Copy.Answer.IsFinal && call.Failure is null && call.Status is >= 200 and < 300;
        if (call.Copy.Answer.Id is { } id && call.Kind is CallKind.Responses)
        {
            sessions.NoteResponse(session, id);
        }

        if (options.PrefixChain && call.Copy.Answer is { IsWhole: true, Error: null } answer)
        {
            sessions.NoteChain(session, messages, answer.Message());
        }
        else if (session.Name is null && !(options.PrefixChain || call.Kind is CallKind.Responses))
        {
            // Nothing can continue it.
            _ = live.EndAsync(session, records.Failure is null ? SessionStatus.Succeeded : SessionStatus.Failed);
        }
    }
}
