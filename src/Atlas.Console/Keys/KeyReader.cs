using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries;
using Atlas.Queries.Keys;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Html;

namespace Atlas.Pages.Keys;

/// <summary>Reads what the pages of a key show. What it takes does not grow with the sessions of the key.</summary>
internal sealed class KeyReader(ConsoleRequest request)
{
    /// <summary>So many of the newest sessions are drawn.</summary>
    public const int MostSessions = 400;

    /// <summary>So many versions are listed.</summary>
    public const int MostVersions = 50;

    private readonly Backend _backend = request.Service<Backend>();

    /// <exception cref="ProblemException">Nothing is known of the key.</exception>
    public async Task<KeyModel> ReadAsync()
    {
        var (stored, stop) = (request.Stored, request.Stop);
        var keys = new KeyQueries(_backend.Database);
        var playbook = await keys.PlaybookAsync(stored, request.Service<TimeProvider>().GetUtcNow(), stop).ConfigureAwait(false)
            ?? throw Unknown(request.Key);
        var history = (await keys.HistoryAsync(stored, MostVersions, stop).ConfigureAwait(false))!;
        var report = await ReportAsync(stored, playbook, history).ConfigureAwait(false);
        var waiting = await _backend.Reviews.ListAsync(
            new ReviewFilter { LearningKey = stored, ReviewStatus = ReviewStatus.Pending, Limit = 1 }, stop).ConfigureAwait(false);
        return new KeyModel(request.Key, playbook, history, report, Pictures.Rewards(report, "rewards"), !waiting.IsEmpty);
    }

    public static ProblemException Unknown(string key) => Problem.KeyNotFound.With($"Nothing is known of the learning key '{key}'. The first session with it makes it known.");

    private async Task<LearningReport> ReportAsync(string stored, KeyPlaybook playbook, KeyHistory history)
    {
        var builder = new ReportBuilder(
            request.Caller.Show(stored),
            new PlaybookFacts
            {
                Findings = playbook.Evidence,
                Versions = [.. history.Versions.Reverse().Select(version => new VersionMark(version.Version, version.Cause, version.CreatedAt, 0))],
            },
            new ReportSettings());
        var selection = new ReportSelection { LearningKey = stored, NewestSessions = MostSessions, CountAudits = false, MostEvents = 0 };
        await foreach (var session in new ReportQueries(_backend.Database).SessionsAsync(selection, request.Stop).ConfigureAwait(false))
        {
            builder.Add(session);
        }

        return builder.Build([]);
    }
}
