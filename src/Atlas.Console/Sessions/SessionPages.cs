using System.Globalization;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Pages.Frame;
using Atlas.Queries;

namespace Atlas.Pages.Sessions;

/// <summary><c>/sessions</c> and <c>/session</c>.</summary>
internal static class SessionPages
{
    private const int PageSize = 50;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/sessions", Scopes.Read, ListAsync);
        routes.Page("/session", Scopes.Read, async request =>
        {
            var model = await SessionReader.ReadAsync(request).ConfigureAwait(false);
            return new ConsolePage(typeof(SessionPage), $"Session {model.Session.Summary.Id}", "sessions", model)
            {
                Live = model.Session.Summary.Status is SessionStatus.Running || model.Session.Judging is { State: JudgingStatus.Pending }
                    ? Addresses.With("/console/live/session", ("id", model.Session.Summary.Id.ToString(CultureInfo.InvariantCulture)))
                    : null,
            };
        });
        routes.Get("/console/live/session", Scopes.Read, SessionStream.WriteAsync);
    }

    private static async Task<ConsolePage> ListAsync(ConsoleRequest request)
    {
        var asked = SessionListModel.FilterOf(request);
        var found = await request.Service<Backend>().Sessions.SearchAsync(
            asked with
            {
                LearningKey = asked.LearningKey is { } key ? request.Caller.Store(key) : null,
                KeyPrefix = request.Caller.StoredPrefix,
                ExceptKeyPrefix = request.Caller.HiddenPrefix,
                Limit = PageSize + 1,
            },
            SessionListModel.MostOf(asked),
            request.Stop).ConfigureAwait(false);
        return new ConsolePage(
            typeof(SessionListPage),
            "Sessions",
            "sessions",
            new SessionListModel(asked, SessionListModel.AskedOf(request), [.. found.Sessions.Take(PageSize)], found.Sessions.Length > PageSize, found.End));
    }
}
