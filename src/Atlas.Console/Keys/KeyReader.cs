using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Learning.Options;
using Atlas.Learning.Reports;
using Atlas.Learning.Rewards;
using Atlas.Pages.Frame;
using Atlas.Queries;
using Atlas.Queries.Keys;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Html;

namespace Atlas.Pages.Keys;

/// <summary>Reads what the pages of a key show. The cost does not grow with the number of the key's sessions.</summary>
internal sealed class KeyReader(ConsoleRequest request)
{
    /// <summary>The maximum number of newest sessions in the chart.</summary>
    public const int MostSessions = 240;

    /// <summary>The maximum number of listed versions.</summary>
    public const int MostVersions = 50;

    private readonly Backend _backend = request.Service<Backend>();

    /// <exception cref="ProblemException">The key is unknown.</exception>
    public async Task<KeyModel> ReadAsync()
    {
        // In parallel, so the page takes only as long as the slowest query.
        var (stored, stop) = (request.Stored, request.Stop);
        var keys = new KeyQueries(_backend.Database);
        var options = request.Service<LearningRules>().Learning;
        var known = keys.PlaybookAsync(stored, request.Service<TimeProvider>().GetUtcNow(), options, stop);
        var told = keys.HistoryAsync(stored, MostVersions, options, stop);
        var newest = SessionsAsync(stored);
        var waiting = _backend.Reviews.ListAsync(new ReviewFilter { LearningKey = stored, ReviewStatus = ReviewStatus.Pending, Limit = 1 }, stop);
        var judge = new FindingsQueries(_backend.Database).FindJudgeAsync(stored, request.Caller.Owns, stop);
        await Task.WhenAll(known, told, newest, waiting, judge).ConfigureAwait(false);
        if (await known.ConfigureAwait(false) is not { } playbook || await told.ConfigureAwait(false) is not { } history)
        {
            throw Unknown(request.Key);
        }

        var report = Report(stored, playbook, history, await newest.ConfigureAwait(false), await judge.ConfigureAwait(false));
        return new KeyModel(request.Key, playbook, history, report, Pictures.Rewards(report, "rewards"), !(await waiting.ConfigureAwait(false)).IsEmpty);
    }

    public static ProblemException Unknown(string key) => Problem.KeyNotFound.With($"There is no learning key '{key}'. Its first session creates it.");

    private async Task<List<SessionFacts>> SessionsAsync(string stored)
    {
        var sessions = new List<SessionFacts>();
        var selection = new ReportSelection { LearningKey = stored, NewestSessions = MostSessions, CountAudits = false, MostEvents = 0 };
        await foreach (var session in new ReportQueries(_backend.Database).SessionsAsync(selection, request.Stop).ConfigureAwait(false))
        {
            sessions.Add(session);
        }

        return sessions;
    }

    private LearningReport Report(string stored, KeyPlaybook playbook, KeyHistory history, List<SessionFacts> sessions, JudgeReport? judge)
    {
        var builder = new ReportBuilder(
            request.Caller.Show(stored),
            new PlaybookFacts
            {
                Findings = playbook.Evidence,
                Judge = judge,
                Versions = [.. history.Versions.Reverse().Select(version => new VersionMark(version.Version, version.Cause, version.CreatedAt, 0))],
            },
            new ReportSettings());
        foreach (var session in sessions)
        {
            builder.Add(session);
        }

        return builder.Build([]);
    }
}
