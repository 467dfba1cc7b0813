using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Queries;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using System.Text.Json;

namespace Atlas.Http.Keys;

/// <summary><c>GET /v1/keys/{key}/report</c>: the figures of a key, based on its newest sessions.</summary>
internal static class KeyReport
{
    private const int MostVersions = 10_000;

    public static async Task AnswerAsync(
        string key,
        Caller caller,
        HttpContext context,
        [FromServices] Backend backend,
        [FromServices] KeyDesk desk,
        [FromQuery(Name = "sessions")] int sessions = 1000)
    {
        Cursor.Demand(sessions, 100_000);
        var stored = caller.Store(key);
        var stop = context.RequestAborted;
        var state = await desk.StateAsync(stored, caller, stop).ConfigureAwait(false);
        var versions = await backend.Playbooks.ListVersionsAsync(stored, limit: MostVersions, cancellationToken: stop).ConfigureAwait(false);
        var builder = new ReportBuilder(
            caller.Show(stored),
            new PlaybookFacts
            {
                Playbook = state.Playbook,
                Judge = await new FindingsQueries(backend.Database).FindJudgeAsync(stored, caller.Owns, stop).ConfigureAwait(false),
                Versions = [.. versions.Reverse().Select(version => new VersionMark(version.Version, version.Cause, version.CreatedAt, 0))],
            },
            new ReportSettings());
        var selection = new ReportSelection { LearningKey = stored, NewestSessions = sessions };
        await foreach (var session in new ReportQueries(backend.Database).SessionsAsync(selection, stop).ConfigureAwait(false))
        {
            builder.Add(session);
        }

        var report = builder.Build([]);
        using var whole = new MemoryStream();
        await ReportJson.WriteAsync(
            report, report.Sessions.Select(one => JsonSerializer.Serialize(one, ReportJson.Options)).ToAsyncEnumerable(), whole, stop).ConfigureAwait(false);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), stop).ConfigureAwait(false);
    }
}
