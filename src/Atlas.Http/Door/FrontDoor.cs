using Atlas.Contracts;
using Atlas.Database;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Identity.Calls;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Http.Door;

/// <summary>Handles what every request of the API has in common: its sender, the parameters of its address, and failures.</summary>
internal sealed partial class FrontDoor(Gatekeeper gate, Idempotency idempotency, Auditor audit, ILogger<FrontDoor> log, TicketOffice? tickets = null)
{
    private static readonly RawRoute Key = new("key");

    /// <summary>Wraps a handler. The wrapper is created with the first request, because an application can be built without its
    /// database.</summary>
    public static RequestDelegate Guard(IServiceProvider services, RequestDelegate handler, EndpointRules rules)
    {
        var guarded = new Lazy<RequestDelegate>(() => services.GetRequiredService<FrontDoor>().Before(handler, rules), LazyThreadSafetyMode.PublicationOnly);
        return context => guarded.Value(context);
    }

    /// <summary>Wraps an endpoint.</summary>
    public RequestDelegate Before(RequestDelegate endpoint, EndpointRules rules) => async context =>
    {
        try
        {
            await EnterAsync(context, endpoint, rules).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await TellAsync(context, failure, rules).ConfigureAwait(false);
        }
    };

    private async Task EnterAsync(HttpContext context, RequestDelegate endpoint, EndpointRules rules)
    {
        var caller = await (rules.Admit is { } admit ? admit(context) : gate.AdmitAsync(context)).ConfigureAwait(false);
        context.Features.Set(caller);
        tickets?.SpeakFor(caller.Name, caller.Permissions);
        Key.Restore(context);
        try
        {
            if (!caller.May(rules.Scope))
            {
                throw Problem.Forbidden.With($"This needs an API key with the scope '{rules.Scope.ToString().ToLowerInvariant()}'; '{caller.Name}' does not have it.");
            }

            Parameters.Check(context);
        }
        catch (ProblemException refused)
        {
            await audit.NoteAsync(context, caller, rules, refused.Problem.Status).ConfigureAwait(false);
            throw;
        }

        if (rules.Writes && context.Request.Headers.ContainsKey(Idempotency.Header))
        {
            // Audited before the answer is kept: if the silo dies in between, the request is carried out again and audited then.
            await idempotency.RunAsync(context, caller, inner => CarryOutAsync(inner, endpoint, caller, rules)).ConfigureAwait(false);
        }
        else
        {
            await CarryOutAsync(context, endpoint, caller, rules).ConfigureAwait(false);
        }

        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentType: null })
        {
            await Problem.InvalidRequest.WriteAsync(context, "A value in the address cannot be read.").ConfigureAwait(false);
        }
    }

    /// <summary>Calls the endpoint and audits what came of it, even if the caller has hung up.</summary>
    private async Task CarryOutAsync(HttpContext context, RequestDelegate endpoint, Caller caller, EndpointRules rules)
    {
        try
        {
            await endpoint(context).ConfigureAwait(false);
        }
        catch (ProblemException refused)
        {
            await audit.NoteAsync(context, caller, rules, refused.Problem.Status).ConfigureAwait(false);
            throw;
        }
        catch (Exception) when (context.Features.Get<AuditNote>() is { IsMade: true })
        {
            // Only the answer failed.
            await audit.NoteAsync(context, caller, rules, StatusCodes.Status200OK).ConfigureAwait(false);
            throw;
        }

        await audit.NoteAsync(context, caller, rules, context.Response.StatusCode).ConfigureAwait(false);
    }

    private async Task TellAsync(HttpContext context, Exception failure, EndpointRules rules)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var (problem, detail, retry) = Read(context, failure);
        if (problem == Problem.Internal)
        {
            Failed(log, failure, context.Request.Method, context.Request.Path);
        }

        if (context.Response.HasStarted)
        {
            // A partial answer must not look complete.
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        context.Response.Clear();
        headers.CacheControl = "no-store";
        await (rules.Tell?.Invoke(context, new Refusal(problem, detail, retry)) ?? problem.WriteAsync(context, detail, retry)).ConfigureAwait(false);
    }

    private static (Problem Problem, string Detail, int? RetryAfter) Read(HttpContext context, Exception failure) => failure switch
    {
        ProblemException known => (known.Problem, known.Message, known.RetryAfterSeconds),
        AtlasRefusedException refused => (Problem.Refused, Say(context, refused.Message), null),
        AtlasUnavailableException unavailable => (Problem.Unavailable, Say(context, unavailable.Message), 1),
        DatabaseUnavailableException database => (Problem.Unavailable, database.Message, 5),
        NpgsqlException { IsTransient: true } => (Problem.Unavailable, "The database does not answer. Send the request again.", 5),
        TimeoutException or OrleansException or SiloUnavailableException => (Problem.Unavailable, "The cluster did not answer in time. Send the request again.", 1),
        OperationCanceledException => (Problem.Unavailable, "The request was stopped before it was carried out. Send it again.", 1),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            (Problem.TooLarge, "The body is too large. Send events in several requests, or raise Atlas:Api:MaxBodyBytes.", null),
        BadHttpRequestException => (Problem.InvalidRequest, "The request is not valid.", null),
        _ => (Problem.Internal, "The request failed because of an error in Atlas. See the silo's log.", null),
    };

    private static string Say(HttpContext context, string sentence) => context.Features.Get<Caller>()?.Say(sentence) ?? sentence;

    [LoggerMessage(1500, LogLevel.Error, "{Method} {Path} met a fault of Atlas.")]
    private static partial void Failed(ILogger logger, Exception failure, string method, string path);

}
