using System.Collections.Immutable;
using Atlas.Cli.Output;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Queries;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;

namespace Atlas.Cli.Reports;

/// <summary>Creates the report of one key and writes its files.</summary>
internal sealed class KeyReport(ReportQueries queries, PlaybookQueries playbooks, FindingsQueries findings, ReportRequest request, Action<int> progress)
{
    private const int MostVersions = 10_000;
    private const int ProgressEvery = 500;

    public async Task<(LearningReport Report, ReportFiles Files)> MakeAsync(
        string key, string slug, ControlArm? against, EarlierRun? earlier, CancellationToken cancellation)
    {
        var selection = Selection(key, request);
        var builder = new ReportBuilder(key, await PlaybookAsync(key, cancellation), request.Settings, against);
        await using var lines = new SessionLines(request.OutputDirectory);
        var seen = 0;
        await foreach (var session in queries.SessionsAsync(selection, cancellation))
        {
            var snapshot = builder.Add(session);
            if (!request.SummaryOnly)
            {
                lines.Add(snapshot);
            }

            if (++seen % ProgressEvery == 0)
            {
                progress(ProgressEvery);
            }
        }

        progress(seen % ProgressEvery);
        var found = await queries.DiscoveriesAsync(selection, request.DiscoveryLimit, cancellation);
        var report = builder.Build([.. found.Select(run => new DiscoveryReference(run.Id, run.Task, run.Source, run.CreatedAt))]);
        var before = earlier is null ? null : await earlier.FindAsync(key, cancellation);
        report = report with { Comparison = before?.Report.Compare(report, request.Settings.Confidence) };
        return (report, await WriteAsync(report, slug, lines, before?.Path, cancellation));
    }

    /// <summary>Returns which of a key's sessions to read.</summary>
    public static ReportSelection Selection(string key, ReportRequest request) => new()
    {
        LearningKey = key,
        Filter = request.Filter,
        NewestSessions = request.NewestSessions,
        CountAudits = !request.SummaryOnly,
        MostEvents = request.SummaryOnly ? null : request.TrajectoryLimit,
        Control = request.Control,
        Treatment = request.Treatment,
        ArmsWhere = request.ArmsWhere,
    };

    private async Task<PlaybookFacts> PlaybookAsync(string key, CancellationToken cancellation)
    {
        var versions = await playbooks.ListVersionsAsync(key, limit: MostVersions, cancellationToken: cancellation);
        var row = await playbooks.FindRegistryRowAsync(key, cancellation);
        var playbook = row?.Metadata is { } metadata
            ? LearningStateJson.FromColumns(row.StudentLearning, row.TeacherLearning, metadata)
            : await queries.LastLearningStateAsync(key, cancellation) is { } state
                ? LearningStateJson.Read(state)
                : LearnedPlaybook.Empty;
        return new PlaybookFacts
        {
            Playbook = playbook,
            Findings = await findings.FindPooledAsync(key, cancellation),
            Judge = await findings.FindJudgeAsync(key, cancellationToken: cancellation),
            Versions = [.. versions.Reverse().Select(version => new VersionMark(version.Version, version.Cause, version.CreatedAt, 0))],
        };
    }

    private async Task<ReportFiles> WriteAsync(
        LearningReport report, string slug, SessionLines lines, string? comparedWith, CancellationToken cancellation)
    {
        var json = $"{slug}_summary.json";
        await using (var file = WholeFile.Create(Path.Combine(request.OutputDirectory, json)))
        {
            var sessions = request.SummaryOnly ? report.Sessions.Select(Line).ToAsyncEnumerable() : lines.ReadAsync();
            await ReportJson.WriteAsync(report, sessions, file.Stream, cancellation);
            await file.CommitAsync(cancellation);
        }

        var markdown = request.Markdown ? $"{slug}_summary.md" : null;
        if (markdown is not null)
        {
            await using var file = WholeFile.Create(Path.Combine(request.OutputDirectory, markdown));
            await using (var writer = new StreamWriter(file.Stream, leaveOpen: true))
            {
                MarkdownReport.Write(report, writer);
            }

            await file.CommitAsync(cancellation);
        }

        return new ReportFiles { Json = json, Markdown = markdown, Comparison = comparedWith };
    }

    private static string Line(SessionSnapshot session) => System.Text.Json.JsonSerializer.Serialize(session, ReportJson.Options);
}
