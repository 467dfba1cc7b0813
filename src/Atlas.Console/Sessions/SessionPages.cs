using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries;

namespace Atlas.Pages.Sessions;

/// <summary>What the list of sessions shows.</summary>
/// <param name="Filter">Which sessions, as the address says; the key as the reader writes it.</param>
/// <param name="Sessions">The sessions.</param>
/// <param name="HasMore">Whether there are older ones.</param>
public sealed record SessionListModel(SessionFilter Filter, ImmutableArray<SessionSummary> Sessions, bool HasMore)
{
    /// <summary>The address of the same list from another session on.</summary>
    public string Address(long? before) => Addresses.With(
        "/sessions",
        ("key", Filter.LearningKey),
        ("status", Filter.Status?.ToWire()),
        ("review", Filter.ReviewStatus?.ToWire()),
        ("tag", Filter.Tag),
        ("entry", Filter.Entry),
        ("version", Filter.PlaybookVersion?.ToString(CultureInfo.InvariantCulture)),
        ("before", before?.ToString(CultureInfo.InvariantCulture)));
}

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
        var asked = new SessionFilter
        {
            LearningKey = request.Text("key"),
            Status = Word<SessionStatus>(request.Text("status"), "status"),
            ReviewStatus = Word<ReviewStatus>(request.Text("review"), "review"),
            Tag = request.Text("tag"),
            Entry = request.Text("entry"),
            PlaybookVersion = request.Version("version"),
            BeforeId = request.Number("before"),
        };
        var found = await request.Service<Backend>().Sessions.ListAsync(
            asked with
            {
                LearningKey = asked.LearningKey is { } key ? request.Caller.Store(key) : null,
                KeyPrefix = request.Caller.StoredPrefix,
                ExceptKeyPrefix = request.Caller.HiddenPrefix,
                Limit = PageSize + 1,
            },
            request.Stop).ConfigureAwait(false);
        return new ConsolePage(
            typeof(SessionListPage), "Sessions", "sessions", new SessionListModel(asked, [.. found.Take(PageSize)], found.Length > PageSize));
    }

    private static T? Word<T>(string? word, string parameter)
        where T : struct, Enum => word is null ? null
        : WireName.TryParse<T>(word, out var value) ? value
        : throw Problem.InvalidRequest.With($"The parameter '{parameter}' is one of {string.Join(", ", WireName.All<T>())}.");
}
