using System.Globalization;
using Atlas.Contracts;
using Atlas.Database;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Storage.Access;
using ModelContextProtocol;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Http.Mcp;

/// <summary>Runs the calls of a model with the rights of the API key of its request.</summary>
internal sealed class McpCalls(IHttpContextAccessor requests, Auditor audit, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public Caller Caller => Caller.Of(Request);

    public HttpContext Request => requests.HttpContext ?? throw new InvalidOperationException("A tool was called outside of a request.");

    /// <summary>Carries out a call, and explains a refusal in a sentence.</summary>
    /// <param name="scope">What the API key must allow.</param>
    /// <param name="call">The call. It can be repeated, so what it does needs a stable identity.</param>
    /// <exception cref="McpException">The call is refused.</exception>
    public async Task<T> RunAsync<T>(Scopes scope, Func<Caller, Task<T>> call)
    {
        var caller = Caller;
        if (!caller.May(scope))
        {
            throw new McpException($"This needs an API key with the scope '{scope.ToString().ToLowerInvariant()}'; '{caller.Name}' does not have it.");
        }

        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call(caller).ConfigureAwait(false);
            }
            catch (Exception passing) when (IsPassing(passing) && time.GetElapsedTime(began) < Patience)
            {
                // A model makes little of "try again later", so its call waits while other silos take over from one that died, or the database restarts.
                await Task.Delay(Pause, time, Request.RequestAborted).ConfigureAwait(false);
            }
            catch (Exception failure) when (Refusal(failure, caller) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    private static McpException? Refusal(Exception failure, Caller caller) => failure switch
    {
        ProblemException refused => new McpException(refused.Message),
        AtlasRefusedException or AtlasUnavailableException => new McpException(caller.Say(failure.Message)),
        TimeoutException or OrleansException => new McpException("The cluster did not answer in time. Call again."),
        _ when IsPassing(failure) => new McpException("The database does not answer. Call again."),
        _ => null,
    };

    private static bool IsPassing(Exception failure) =>
        failure is AtlasUnavailableException or TimeoutException or OrleansException or DatabaseUnavailableException or NpgsqlException { IsTransient: true };

    /// <summary>Records a change in the audit. The change remains in effect even if this fails, so it must not be made again.</summary>
    public Task NoteAsync(string action, string subject) => audit.WriteAsync(new AuditEntry
    {
        Tenant = Caller.Tenant,
        Actor = Caller.Name,
        ApiKeyId = Caller.KeyId,
        Door = "mcp",
        Address = Request.Connection.RemoteIpAddress?.ToString(),
        Action = action,
        Subject = subject,
        Status = StatusCodes.Status200OK,
    });

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
