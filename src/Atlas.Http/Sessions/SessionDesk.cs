using System.Globalization;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Microsoft.Extensions.Caching.Memory;

namespace Atlas.Http.Sessions;

/// <summary>Leads a request to its session, if that is one of the caller's, and says why a session refuses.</summary>
internal sealed class SessionDesk(Backend backend, ResponseIds responses, IEnumerable<IOpenRecords> records) : IDisposable
{
    // A session keeps its key for ever, so what was read once stays true.
    private readonly MemoryCache _owners = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>The number of the session, which is named by it or by the identity of an answer that belongs to it.</summary>
    /// <exception cref="ProblemException">There is none, or it belongs to somebody else; the answer is the same.</exception>
    public async ValueTask<long> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return await IsOfAsync(number, caller, cancellation).ConfigureAwait(false) ? number : throw Unknown(id);
        }

        foreach (var found in ResponseIds.Fits(id) ? await responses.FindAsync(caller, id, cancellation).ConfigureAwait(false) : [])
        {
            if (await IsOfAsync(found, caller, cancellation).ConfigureAwait(false))
            {
                return found;
            }
        }

        throw Unknown(id);
    }

    private async ValueTask<bool> IsOfAsync(long number, Caller caller, CancellationToken cancellation)
    {
        if (!_owners.TryGetValue(number, out string? key))
        {
            var (exists, found) = await backend.Sessions.FindKeyAsync(number, cancellation).ConfigureAwait(false);
            if (!exists)
            {
                return false;
            }

            _owners.Set(number, key = found, new MemoryCacheEntryOptions { Size = 1 });
        }

        return caller.Owns(key);
    }

    /// <summary>Calls the grain of a session, and says in the words of the API why it refuses.</summary>
    /// <param name="id">The session.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Stops looking for the session.</param>
    /// <param name="ended">What it means that a session that has ended refuses; null for that it has ended.</param>
    /// <param name="running">What it means that a running one does; null for that a rule is broken.</param>
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

    /// <summary>Lets those who record beside this API store what they still have of a session that is about to end.</summary>
    public Task SettleAsync(ISessionGrain session) => Task.WhenAll(records.Select(one => one.StoreAsync(session.GetPrimaryKeyLong())));

    public void Dispose() => _owners.Dispose();

    private static ProblemException Unknown(string id) =>
        Problem.SessionNotFound.With($"There is no session '{Door.Parameters.Short(id)}'. Use the number that starting one gave, or the id of a provider's answer that was recorded with it.");
}
