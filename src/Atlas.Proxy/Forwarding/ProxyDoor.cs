using Atlas.Configuration.Proxying;
using Atlas.Contracts;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Proxy.Budgets;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Yarp.ReverseProxy.Forwarder;

namespace Atlas.Proxy.Forwarding;

/// <summary>Handles the calls of the proxy. Determines the caller, its budget and the session, then forwards the bytes and reads a copy of
/// them.</summary>
internal sealed class ProxyDoor(
    IHttpForwarder forwarder, UpstreamClient client, Upstreams upstreams, Gatekeeper gate, CallBudget budget, SessionRegistry sessions, SessionOpener opener, CallRecorder recorder,
    ProxyOptions options, TimeProvider time, ILogger<ProxyDoor> log)
{
    public async Task HandleAsync(HttpContext context)
    {
        var kind = CallKind.Other;
        try
        {
            if (ProxyRoute.Read(context, out var complaint) is not { } route)
            {
                throw Problem.NotFound.With(complaint!);
            }

            kind = CallKinds.Of(context.Request.Method, route.Segments);
            if (IsSocket(context))
            {
                // Agents that try a WebSocket first accept only this status as "not supported", and fall back to HTTP immediately.
                await Refusal.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "websocket", "WebSockets are not supported. Send the request over HTTP.", kind.IsAnthropic()).ConfigureAwait(false);
                return;
            }

            await PassAsync(context, route, kind).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            await TellAsync(context, failure, kind).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
    }

    private async Task PassAsync(HttpContext context, ProxyRoute route, CallKind kind)
    {
        RequestBody.Unlimit(context);
        var credentials = CallCredentials.Of(context.Request, route, gate);
        var caller = await gate.AdmitAsync(context, credentials.Atlas).ConfigureAwait(false);
        if (!caller.May(Scopes.Record))
        {
            throw Problem.Forbidden.With($"The proxy needs an API key with the scope 'record'; '{caller.Name}' does not have it.");
        }

        var upstream = upstreams.Find(route.Upstream) ?? throw Problem.NotFound.With(
            $"There is no upstream '{(route.Upstream.Length <= 60 ? route.Upstream : route.Upstream[..60])}' here. The upstreams are {upstreams.Names}; add others in proxy.upstreams.");
        if (kind is CallKind.Other)
        {
            await ForwardAsync(context, route, upstream, credentials, new PassingCall(kind, upstream, route, null, null, options, time), kind).ConfigureAwait(false);
            return;
        }

        var body = await RequestBody.ReadAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
        var scanned = body is { } bytes ? RequestScanner.Scan(bytes.Span, kind) : null;
        var lack = body is null ? "body-unread" : null;
        var key = kind.Learns() && KeyLadder.Of(route, context.Request, scanned, kind, caller) is { } named ? caller.Store(named) : null;
        var model = KeyLadder.OfModel(scanned?.Model).Model;
        var charge = await CallCharge.ReserveAsync(budget, caller, upstream, kind, model, body?.Length ?? context.Request.ContentLength ?? 0, scanned).ConfigureAwait(false);
        ProxySession? session;
        PassingCall call;
        try
        {
            session = key is not null && scanned is not null ? await SessionAsync(context, route, caller, key, kind, body!.Value, scanned).ConfigureAwait(false) : null;
            call = new PassingCall(kind, upstream, route, session, lack ?? session?.Lack, options, time);
            if (scanned is not null)
            {
                var (prompted, found) = ArmPrompt.Apply(body!.Value, scanned, kind, session?.Playbook.Arm?.Settings);
                RequestBody.Replace(context, new SplicedBody(prompted, Splices(found, kind, session)));
            }
            else if (body is { } unread)
            {
                RequestBody.Replace(context, new SplicedBody(unread, []));
            }
        }
        catch
        {
            charge.Return();
            throw;
        }

        model = session?.Playbook.Arm?.Settings?.Model ?? model;
        session?.Begin();
        try
        {
            await ForwardAsync(context, route, upstream, credentials, call, kind).ConfigureAwait(false);
        }
        finally
        {
            call.Ended(null);
            _ = AfterAsync(call, charge, upstream, kind, session, session?.Pass(), scanned is null ? default : body!.Value, model, context.RequestAborted.IsCancellationRequested);
        }
    }

    private async Task<ProxySession> SessionAsync(
        HttpContext context, ProxyRoute route, Caller caller, string key, CallKind kind, ReadOnlyMemory<byte> body, ScannedRequest scanned)
    {
        var clue = SessionLadder.Of(context.Request, scanned, kind);
        var agent = context.Request.Headers.UserAgent.ToString();
        var asked = new SessionRequest
        {
            Caller = caller,
            Owner = $"{caller.Tenant}/{caller.Name}",
            LearningKey = key,
            Clue = clue,
            Messages = clue is null && options.PrefixChain && kind.IsRecorded() ? RequestMessages.Read(body, kind) : null,
            Task = () => TaskText.Of(context.Request, body, kind),
            Upstream = route.Upstream,
            Client = agent.Length <= 200 ? agent : agent[..200],
        };

        // Counting tokens does not start any work.
        return kind.IsRecorded()
            ? await sessions.FindAsync(asked).ConfigureAwait(false)
            : await sessions.KnownAsync(asked).ConfigureAwait(false) ?? await opener.PlaybookOnlyAsync(asked).ConfigureAwait(false);
    }

    private List<Splice> Splices(ScannedRequest scanned, CallKind kind, ProxySession? session)
    {
        List<Splice> splices = session?.Block is { } block ? [.. Injector.Splices(scanned, kind, block, options.CacheMarkers)] : [];
        var model = session?.Playbook.Arm?.Settings?.Model ?? KeyLadder.OfModel(scanned.Model).Model;
        if (model is not null && model != scanned.Model && scanned.ModelAt.IsThere)
        {
            splices.Add(new Splice(scanned.ModelAt.Start, scanned.ModelAt.End - scanned.ModelAt.Start, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(model)));
        }

        return splices;
    }

    private async Task ForwardAsync(HttpContext context, ProxyRoute route, Upstream upstream, CallCredentials credentials, PassingCall call, CallKind kind)
    {
        var error = await forwarder.SendAsync(
            context, upstream.BaseUrl, client.Invoker, upstream.Forwarding, new CallTransformer(upstream, upstream.AddressOf(route), credentials, call, time)).ConfigureAwait(false);
        if (error is not ForwarderError.None)
        {
            call.Ended(context.GetForwarderErrorFeature()?.Exception ?? new IOException(error.ToString()));
            if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && context.Response.StatusCode is StatusCodes.Status502BadGateway or StatusCodes.Status504GatewayTimeout)
            {
                var status = context.Response.StatusCode;
                await Refusal.WriteAsync(
                    context, status, "upstream", $"The upstream '{upstream.Name}' {(status == StatusCodes.Status504GatewayTimeout ? "did not answer in time" : "cannot be reached")}.",
                    kind.IsAnthropic() || (kind is CallKind.Other && upstream.Protocol is UpstreamProtocol.Anthropic)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Completes a call in the background: reads the copy to its end, counts it, and records it.</summary>
    private async Task AfterAsync(
        PassingCall call, CallCharge charge, Upstream upstream, CallKind kind, ProxySession? session, (Task Before, TaskCompletionSource HandedOver)? turn,
        ReadOnlyMemory<byte> body, string? model, bool clientHasGone)
    {
        var recorded = call.Record(body, model, clientHasGone);
        try
        {
            await call.Read.ConfigureAwait(false);
            recorded = recorded?.OnceRead();
            Count(call, upstream, kind);
            charge.Settle(call.Status, call.Copy, model);
        }
        catch (Exception odd)
        {
            log.NotCounted(odd.Message);
        }

        await (turn?.Before ?? Task.CompletedTask).ConfigureAwait(false);
        await (session?.Records?.Ready ?? Task.CompletedTask).ConfigureAwait(false);
        try
        {
            if (recorded is not null && kind.IsRecorded())
            {
                recorder.Take(recorded);
            }
            else
            {
                session?.End();
            }
        }
        finally
        {
            // The calls behind this one wait for it.
            turn?.HandedOver.SetResult();
        }
    }

    private static void Count(PassingCall call, Upstream upstream, CallKind kind)
    {
        var (injected, named) = (new KeyValuePair<string, object?>("playbook", call.HasPlaybook), new KeyValuePair<string, object?>("upstream", upstream.Name));
        ProxyTelemetry.Calls.Add(1, named, injected);
        if (call.Lack is { } lack)
        {
            ProxyTelemetry.Degraded.Add(1, new KeyValuePair<string, object?>("lack", lack));
        }

        if (!kind.Spends())
        {
            return;
        }

        var answer = call.Copy?.Answer;
        var (key, version) = (SeriesNames.Key(call.LearningKey), SeriesNames.Version(call.PlaybookVersion));
        ProxyTelemetry.InputTokens.Add(answer?.InputTokens ?? 0, named, injected, key, version);
        ProxyTelemetry.CachedTokens.Add(answer?.CachedTokens ?? 0, named, injected, key, version);
        ProxyTelemetry.OutputTokens.Add(answer?.OutputTokens ?? 0, named, injected);
    }

    private async Task TellAsync(HttpContext context, Exception failure, CallKind kind)
    {
        var (status, code, sentence, retry) = failure switch
        {
            ProblemException known => (known.Problem.Status, known.Problem.Code, known.Message, known.RetryAfterSeconds),
            AtlasRefusedException refused => (Problem.Refused.Status, Problem.Refused.Code, refused.Message, null),
            NpgsqlException or AtlasUnavailableException or TimeoutException => (503, Problem.Unavailable.Code, "The API key cannot be checked right now. Send the request again.", 5),
            BadHttpRequestException bad => (bad.StatusCode, Problem.InvalidRequest.Code, "The request is not valid.", (int?)null),
            _ => (500, Problem.Internal.Code, "The call failed because of an error in the proxy. See its log.", null),
        };
        if (status == 500)
        {
            log.Failed(failure, context.Request.Method, context.Request.Path);
        }

        await Refusal.WriteAsync(context, status, code, sentence, kind.IsAnthropic(), retry).ConfigureAwait(false);
    }

    /// <summary>Returns whether the client wants a socket. Other offers, such as HTTP/2 by the client of Java, can be ignored.</summary>
    private static bool IsSocket(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
        || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && context.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase));
}
