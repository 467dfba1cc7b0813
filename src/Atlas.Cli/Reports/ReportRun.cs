using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Learning.Text;
using Atlas.Queries;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Atlas.Reports.Html;

namespace Atlas.Cli.Reports;

/// <summary>Creates reports of several keys, some of them concurrently, and writes them with their index.</summary>
internal sealed class ReportRun(
    CommandContext context, ReportQueries queries, PlaybookQueries playbooks, FindingsQueries findings, ReportRequest request, bool quiet)
{
    private const string IndexFile = "index.json";
    private const string HtmlFile = "report.html";

    private long _sessions;
    private int _keysLeftOut;

    public async Task<ReportOutcome> RunAsync(CancellationToken cancellation)
    {
        var earlier = request.CompareTo is { } file ? await EarlierRun.OpenAsync(file, cancellation) : null;
        var keys = await KeysAsync(cancellation);
        if (keys.IsEmpty)
        {
            context.Terminal.Say("No session matches, so there is nothing to report.");
            return new ReportOutcome(request.OutputDirectory, new ReportIndex(), []);
        }

        Directory.CreateDirectory(request.OutputDirectory);
        var against = request.Against is { } other ? await ControlAsync(other, cancellation) : null;
        var made = new ConcurrentDictionary<string, (LearningReport Report, ReportFiles Files)>(StringComparer.Ordinal);
        Task MakeAllAsync() => Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = request.BatchSize, CancellationToken = cancellation },
            async (key, stop) => made[key] = await new KeyReport(queries, playbooks, findings, request, Count).MakeAsync(key, Slug.Unique(key), against, earlier, stop));
        await WatchAsync(MakeAllAsync);

        ImmutableArray<LearningReport> reports = [.. keys.Select(key => made[key].Report)];
        var index = Index(keys, made, reports);
        await WriteAsync(index, reports, cancellation);
        return new ReportOutcome(request.OutputDirectory, index, reports);
    }

    private async Task<ImmutableArray<string>> KeysAsync(CancellationToken cancellation)
    {
        if (request.Keys.IsEmpty)
        {
            var all = await queries.KeysAsync(request.Filter, limit: null, cancellationToken: cancellation);
            var taken = Math.Min(request.Limit ?? all.Length, all.Length);
            _keysLeftOut = all.Length - taken;
            return [.. all.Take(taken).Select(key => key.LearningKey)];
        }

        var kept = ImmutableArray.CreateBuilder<string>();
        foreach (var key in request.Keys)
        {
            await DemandAsync(key, cancellation);
            if (!(await queries.KeysAsync(request.Filter, 1, key, cancellation)).IsEmpty)
            {
                kept.Add(key);
            }
        }

        return kept.ToImmutable();
    }

    private async Task DemandAsync(string key, CancellationToken cancellation)
    {
        if ((await queries.KeysAsync(new ReportFilter(), 1, key, cancellation)).IsEmpty)
        {
            throw new CommandFailedException(
                ExitCode.NotFound, $"There are no sessions with the learning key '{key}'. Leave --key out to report on the existing keys.");
        }
    }

    private async Task<ControlArm> ControlAsync(string key, CancellationToken cancellation)
    {
        await DemandAsync(key, cancellation);
        var arm = new ControlArm();
        var selection = KeyReport.Selection(key, request) with { CountAudits = false, MostEvents = 1, Control = null, Treatment = null };
        await foreach (var session in queries.SessionsAsync(selection, cancellation))
        {
            if (session.FitsTreatment)
            {
                arm.Add(session);
            }
        }

        return arm;
    }

    private void Count(int sessions) => Interlocked.Add(ref _sessions, sessions);

    private Task WatchAsync(Func<Task> work) => quiet
        ? work()
        : Progress.CountAsync(
            context.Terminal, "Reading sessions", () => Wording.Count(Interlocked.Read(ref _sessions), "session"), work, context.Clock);

    private ReportIndex Index(
        ImmutableArray<string> keys, IReadOnlyDictionary<string, (LearningReport Report, ReportFiles Files)> made, ImmutableArray<LearningReport> reports)
    {
        var comparisons = reports.Where(report => report.Comparison is not null)
            .ToImmutableSortedDictionary(report => report.LearningKey, report => report.Comparison!, StringComparer.Ordinal);
        return new ReportIndex
        {
            LearningKeys = keys,
            KeysLeftOut = _keysLeftOut,
            Artifacts = made.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Files, StringComparer.Ordinal),
            Html = request.Html ? HtmlFile : null,
            Verdicts = reports.ToImmutableSortedDictionary(
                report => report.LearningKey,
                report => report.Evidence.Comparisons.ToImmutableSortedDictionary(comparison => comparison.Kind, comparison => comparison.Verdict),
                StringComparer.Ordinal),
            Comparisons = request.CompareTo is null ? null : comparisons,
            Aggregate = request.CompareTo is null ? null : ComparisonAggregate.Of(comparisons),
            RunMetadata = request.Notes is null ? null : request.Notes with { EvaluatedAt = AtlasTime.Iso(context.Clock.GetUtcNow()) },
        };
    }

    private async Task WriteAsync(ReportIndex index, ImmutableArray<LearningReport> reports, CancellationToken cancellation)
    {
        if (request.Html)
        {
            await using var page = WholeFile.Create(Path.Combine(request.OutputDirectory, HtmlFile));
            await using (var writer = new StreamWriter(page.Stream, leaveOpen: true))
            {
                HtmlReport.Write(reports, context.Clock.GetUtcNow(), writer, _keysLeftOut);
            }

            await page.CommitAsync(cancellation);
        }

        await using var file = WholeFile.Create(Path.Combine(request.OutputDirectory, IndexFile));
        await JsonSerializer.SerializeAsync(file.Stream, index, ReportJson.Options, cancellation);
        await file.CommitAsync(cancellation);
    }
}
