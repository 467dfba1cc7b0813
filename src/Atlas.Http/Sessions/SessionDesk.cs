using System.Globalization;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Microsoft.Extensions.Caching.Memory;

namespace Atlas.Http.Sessions;

/// <summary>Finds the session of a request, if it is one of the caller's, and explains why a session refuses.</summary>
internal sealed class SessionDesk(Backend backend, ResponseIds responses, OpenSessions open) : IDisposable
{
    // The key of a session never changes, so it can be cached.
    private readonly MemoryCache _owners = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>Starts a session, or returns the caller's earlier session with the same external id.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="operation">The external id if the request has none.</param>
    /// <exception cref="ProblemException">The external id belongs to a session that the caller cannot reach.</exception>
    public async Task<SessionStarted> StartAsync(StartRequest request, Caller caller, string? operation)
    {
        var started = await backend.Grains.GetGrain<ISessionStarterGrain>(0).Start(SessionMessages.Of(request, caller, operation)).ConfigureAwait(false);

        // The grain has checked it, too, unless its silo still runs an earlier release.
        return caller.Owns(started.LearningKey)
            ? started
            : throw Problem.Refused.With("The external id belongs to a session of a learning key that this API key cannot reach. Use another external id.");
    }

    /// <summary>Returns the number of a session, given the number or the id of an answer that belongs to it.</summary>
    /// <exception cref="ProblemException">There is no such session, or it belongs to somebody else; the answer is the same.</exception>
    public async ValueTask<long> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return await IsOfAsync(number, caller, cancellation).ConfigureAwait(false) ? number : throw Unknown(id);
        }

        if (!ResponseIds.Fits(id))
        {
            throw Unknown(id);
        }

        // What a recorder has not stored yet is in no table; what it has stored since the first look is.
        return await OfAnswerAsync(id, caller, cancellation).ConfigureAwait(false)
            ?? (await open.FindAsync(caller, id).ConfigureAwait(false) is { } late && await IsOfAsync(late, caller, cancellation).ConfigureAwait(false) ? late : (long?)null)
            ?? await OfAnswerAsync(id, caller, cancellation).ConfigureAwait(false)
            ?? throw Unknown(id);
    }

    private async Task<long?> OfAnswerAsync(string id, Caller caller, CancellationToken cancellation)
    {
        foreach (var found in await responses.FindAsync(caller, id, cancellation).ConfigureAwait(false))
        {
            if (await IsOfAsync(found, caller, cancellation).ConfigureAwait(false))
            {
                return found;
            }
        }

        return null;
    }

    private async ValueTask<bool> IsOfAsync(long number, Caller caller, CancellationToken cancellation) =>
        await OriginAsync(number, cancellation).ConfigureAwait(false) is { } origin && caller.Owns(origin.Key);

    private async ValueTask<Origin?> OriginAsync(long number, CancellationToken cancellation)
    {
        if (!_owners.TryGetValue(number, out Origin? origin))
        {
            var (exists, key, external) = await backend.Sessions.FindKeyAsync(number, cancellation).ConfigureAwait(false);
            if (!exists)
            {
                return null;
            }

            _owners.Set(number, origin = new Origin(key, OpenSessions.IsRecordedElsewhere(external)), new MemoryCacheEntryOptions { Size = 1 });
        }

        return origin;
    }

    /// <summary>Calls the grain of a session, and translates its refusals into problems.</summary>
    /// <param name="id">The session.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Cancels the search for the session.</param>
    /// <param name="ended">What the refusal of an ended session means; null for that it has ended.</param>
    /// <param name="running">What the refusal of a running session means; null for that a rule is broken.</param>
    public async Task<T> CallAsync<T>(
        string id, Caller caller, Func<ISessionGrain, Task<T>> call, CancellationToken cancellation, Problem? ended = null, Problem? running = null)
    {
        var number = await FindAsync(id, caller, cancellation).ConfigureAwait(false);
        var session = backend.Session(number);
        try
        {
            return await call(session).ConfigureAwait(false);
        }
        catch (AtlasRefusedException refused)
        {
            var standing = await session.Standing().ConfigureAwait(false);
            throw standing.Status is SessionStatus.Running
                ? (running ?? Problem.Refused).With(caller.Say(refused.Message))
                : (ended ?? Problem.SessionEnded).With(caller.Say(refused.Message));
        }
    }

    /// <summary>Calls the grain of a session for something that is audited. The audit names the session by its number, even if the address
    /// names an answer of its provider, and whatever comes of the call.</summary>
    public Task<T> AuditAsync<T>(
        string id, Caller caller, HttpContext context, Func<ISessionGrain, Task<T>> call, Problem? ended = null, Problem? running = null) => CallAsync(
            id,
            caller,
            session =>
            {
                context.Features.Set(new AuditNote(session.GetPrimaryKeyLong().ToString(CultureInfo.InvariantCulture)));
                return call(session);
            },
            context.RequestAborted,
            ended,
            running);

    public async Task<RecordedAnswer> RecordAsync(string id, Caller caller, Func<ISessionGrain, Task> call, CancellationToken cancellation) =>
        await CallAsync(
            id,
            caller,
            async session =>
            {
                await call(session).ConfigureAwait(false);
                return new RecordedAnswer(session.GetPrimaryKeyLong());
            },
            cancellation).ConfigureAwait(false);

    /// <summary>Ends a session after the recorders beside this API have stored what is pending.</summary>
    public async Task<SessionCompleted> CompleteAsync(ISessionGrain session, CompleteSession completion) =>
        await open.CompleteAsync(session, await IsProxiedAsync(session).ConfigureAwait(false), completion).ConfigureAwait(false);

    /// <summary>Rewards a session. A session that came through the proxy ends with it if it has not ended yet.</summary>
    public async Task<SessionCompleted> RewardAsync(ISessionGrain session, SessionReward reward) =>
        await open.RewardAsync(session, await IsProxiedAsync(session).ConfigureAwait(false), reward).ConfigureAwait(false);

    public void Dispose() => _owners.Dispose();

    private static ProblemException Unknown(string id) =>
        Problem.SessionNotFound.With($"There is no session '{Door.Parameters.Short(id)}'. Use the number from the answer to its start, or the id of a provider's answer that was recorded with it.");

    private async ValueTask<bool> IsProxiedAsync(ISessionGrain session) =>
        await OriginAsync(session.GetPrimaryKeyLong(), CancellationToken.None).ConfigureAwait(false) is { IsProxied: true };

    private sealed record Origin(string? Key, bool IsProxied);
}
