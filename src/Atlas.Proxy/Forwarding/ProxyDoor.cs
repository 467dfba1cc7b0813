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

/// <summary>Lets calls through: who calls, what it may spend, which session it belongs to; then the bytes pass, and a copy of them is read.</summary>
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

            kind = CallKinds.Of(context.Request.Method, route.Path);
            if (IsUpgrade(context))
            {
                // Agents that try a socket first take this, and only this, for a word that there is none, and go on over HTTP at once.
                await Refusal.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "websocket", "There are no sockets here; send the request over HTTP.", kind.IsAnthropic()).ConfigureAwait(false);
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
            // The client has gone; nobody is there to be told.
        }
    }

    private async Task PassAsync(HttpContext context, ProxyRoute route, CallKind kind)
    {
        RequestBody.Unlimit(context);
        var credentials = CallCredentials.Of(context.Request, gate);
        var caller = await gate.AdmitAsync(context, credentials.Atlas).ConfigureAwait(false);
        if (!caller.May(Scopes.Record))
        {
            throw Problem.Forbidden.With($"The proxy needs an API key with the scope 'record'; '{caller.Name}' does not have it.");
        }

        var upstream = upstreams.Find(route.Upstream) ?? throw Problem.NotFound.With(
            $"There is no upstream '{(route.Upstream.Length <= 60 ? route.Upstream : route.Upstream[..60])}' here. Known are {upstreams.Names}; more are named in proxy.upstreams.");
        if (kind is CallKind.Other)
        {
            await ForwardAsync(context, route, upstream, credentials, new PassingCall(kind, upstream, route, null, null, options, time)).ConfigureAwait(false);
            return;
        }

        var body = await RequestBody.ReadAsync(context, options.MaxBodyBytes).ConfigureAwait(false);
        var scanned = body is { } bytes ? RequestScanner.Scan(bytes.Span, kind) : null;
        var lack = body is null ? "body-unread" : null;
        var key = kind.Learns() && KeyLadder.Of(route, context.Request, scanned, kind, caller) is { } named ? caller.Store(named) : null;
        var model = KeyLadder.OfModel(scanned?.Model).Model;
        var estimate = ((body?.Length ?? context.Request.ContentLength ?? 0) / 4) + (kind is CallKind.Embeddings ? 0 : scanned?.MaxOutputTokens ?? CallBudget.UsualAnswer);
        var reservation = kind.Spends() ? await budget.ReserveAsync(caller, estimate, upstream.PriceOf(model, estimate, 0) + upstream.PriceOf(model, 0, scanned?.MaxOutputTokens ?? 0)).ConfigureAwait(false) : null;
        var session = key is not null && scanned is not null ? await SessionAsync(context, route, caller, key, kind, body!.Value, scanned).ConfigureAwait(false) : null;
        var call = new PassingCall(kind, upstream, route, session, lack ?? session?.Lack, options, time);
        if (scanned is not null)
        {
            RequestBody.Replace(context, new SplicedBody(body!.Value, Splices(scanned, kind, session)));
        }
        else if (body is { } unread)
        {
            RequestBody.Replace(context, new SplicedBody(unread, []));
        }

        session?.Begin();
        try
        {
            await ForwardAsync(context, route, upstream, credentials, call).ConfigureAwait(false);
        }
        finally
        {
            call.Ended(null);
            session?.Pass();
            _ = AfterAsync(call, caller, upstream, kind, session, reservation, scanned is null ? default : body!.Value, estimate, model, context.RequestAborted.IsCancellationRequested);
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
            Task = () => TaskText.Of(context.Request, body, scanned),
            Upstream = route.Upstream,
            Client = agent.Length <= 200 ? agent : agent[..200],
        };

        // Who counts tokens has not begun to work.
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

    private async Task ForwardAsync(HttpContext context, ProxyRoute route, Upstream upstream, CallCredentials credentials, PassingCall call)
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
                    context, status, "upstream", $"The upstream '{upstream.Name}' {(status == StatusCodes.Status504GatewayTimeout ? "did not answer in time" : "cannot be reached")}.", isAnthropic: false).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What comes after the call, beside the requests: the copy is read to its end, counted, and recorded.</summary>
    private async Task AfterAsync(
        PassingCall call, Caller caller, Upstream upstream, CallKind kind, ProxySession? session, CallReservation? reservation, ReadOnlyMemory<byte> body, long estimate, string? model,
        bool clientHasGone)
    {
        var recorded = call.Record(body, clientHasGone);
        try
        {
            await call.Read.ConfigureAwait(false);
            Count(call, caller, upstream, kind, reservation, body, estimate, model);
        }
        catch (Exception odd)
        {
            log.NotCounted(odd.Message);
        }

        if (recorded is not null && kind.IsRecorded())
        {
            recorder.Take(recorded);
        }
        else
        {
            session?.End();
        }
    }

    private void Count(PassingCall call, Caller caller, Upstream upstream, CallKind kind, CallReservation? reservation, ReadOnlyMemory<byte> body, long estimate, string? model)
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
        ProxyTelemetry.InputTokens.Add(answer?.InputTokens ?? 0, named, injected);
        ProxyTelemetry.CachedTokens.Add(answer?.CachedTokens ?? 0, named, injected);
        ProxyTelemetry.OutputTokens.Add(answer?.OutputTokens ?? 0, named, injected);

        // Nothing is paid for what was refused. Where nobody says what it took, what was sent and said is counted by its length.
        var (input, output) = call.Status is < 200 or >= 300 ? (0, 0)
            : answer is null || call.Copy!.IsCut ? (estimate, 0)
            : (answer.InputTokens ?? (body.Length / 4), answer.OutputTokens ?? (answer.TextLength / 4));
        budget.Settle(caller, reservation, input + output, upstream.PriceOf(model, input, output));
    }

    private async Task TellAsync(HttpContext context, Exception failure, CallKind kind)
    {
        var (status, code, sentence, retry) = failure switch
        {
            ProblemException known => (known.Problem.Status, known.Problem.Code, known.Message, known.RetryAfterSeconds),
            AtlasRefusedException refused => (Problem.Refused.Status, Problem.Refused.Code, refused.Message, null),
            NpgsqlException or AtlasUnavailableException or TimeoutException => (503, Problem.Unavailable.Code, "The API key cannot be looked up now. Send the request again.", 5),
            BadHttpRequestException bad => (bad.StatusCode, Problem.InvalidRequest.Code, "The request cannot be read.", (int?)null),
            _ => (500, Problem.Internal.Code, "The call met a fault of the proxy. The log says more.", null),
        };
        if (status == 500)
        {
            log.Failed(failure, context.Request.Method, context.Request.Path);
        }

        await Refusal.WriteAsync(context, status, code, sentence, kind.IsAnthropic(), retry).ConfigureAwait(false);
    }

    private static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
