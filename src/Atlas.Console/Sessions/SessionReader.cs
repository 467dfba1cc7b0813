using Atlas.Http;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries.Sessions;

namespace Atlas.Pages.Sessions;

/// <summary>Reads the model of a session's page.</summary>
internal static class SessionReader
{
    private const int MostEvents = 200;

    /// <exception cref="ProblemException">There is no such session, or it is somebody else's; the answer is the same.</exception>
    public static async Task<SessionModel> ReadAsync(ConsoleRequest request)
    {
        var id = request.Number("id") ?? throw Problem.InvalidRequest.With("The address does not name a session.");
        var from = (int)Math.Min(request.Number("from") ?? 0, int.MaxValue);
        return await ReadAsync(request, id, from).ConfigureAwait(false);
    }

    public static async Task<SessionModel> ReadAsync(ConsoleRequest request, long id, int from = 0)
    {
        var backend = request.Service<Backend>();
        await DemandAsync(request, id).ConfigureAwait(false);
        var session = (await backend.Sessions.FindAsync(id, maxEvents: 0, request.Stop).ConfigureAwait(false))!;
        var events = await backend.Sessions.EventsAsync(id, from, MostEvents, request.Stop).ConfigureAwait(false);
        var stored = session.Summary.LearningKey;
        return new SessionModel(
            session,
            stored is null ? null : request.Caller.Show(stored),
            await SessionPrompt.ReadAsync(backend.Playbooks, session, request.Stop).ConfigureAwait(false),
            stored is null ? null : await backend.Playbooks.FirstVersionFromAsync(stored, id, request.Stop).ConfigureAwait(false),
            EventReader.Read(events),
            from);
    }

    /// <exception cref="ProblemException">There is no such session, or it is somebody else's; the answer is the same.</exception>
    public static async Task DemandAsync(ConsoleRequest request, long id)
    {
        var (exists, key, _) = await request.Service<Backend>().Sessions.FindKeyAsync(id, request.Stop).ConfigureAwait(false);
        if (!exists || !request.Caller.Owns(key))
        {
            throw Problem.SessionNotFound.With($"There is no session {id}.");
        }
    }
}
