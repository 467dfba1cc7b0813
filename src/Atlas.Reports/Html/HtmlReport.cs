using Atlas.Domain;
using Atlas.Learning.Evidence;
using System.Globalization;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Html;

/// <summary>Writes a page with the charts of several keys: a single file that loads nothing.</summary>
public sealed class HtmlReport
{
    private readonly TextWriter _output;

    private HtmlReport(TextWriter output)
    {
        _output = output;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="reports">The reports, in display order.</param>
    /// <param name="madeAt">The time at which the page is made.</param>
    /// <param name="output">The writer.</param>
    /// <param name="keysLeftOut">The number of keys with sessions that are not shown.</param>
    public static void Write(IReadOnlyList<LearningReport> reports, DateTimeOffset madeAt, TextWriter output, int keysLeftOut = 0)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(output);
        new HtmlReport(output).Write(reports, madeAt, keysLeftOut);
    }

    private void Write(IReadOnlyList<LearningReport> reports, DateTimeOffset madeAt, int keysLeftOut)
    {
        Put($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Learning report</title>
            <style>
            {PageStyle.Css}
            </style>
            </head>
            <body>
            <header>
            <h1>Learning report</h1>
            <p class="soft">{(reports.Count == 1 ? "1 learning key" : Words.Whole(reports.Count) + " learning keys")}{(keysLeftOut > 0 ? $" of {Words.Whole(reports.Count + keysLeftOut)}, those with most sessions" : "")}, made {Words.Time(madeAt)}</p>
            </header>
            <main>
            """);
        if (reports.Count > 1)
        {
            WriteContents(reports);
        }

        for (var index = 0; index < reports.Count; index++)
        {
            Write(reports[index], string.Create(CultureInfo.InvariantCulture, $"key-{index + 1}"));
        }

        Put("</main>\n</body>\n</html>");
    }

    private void WriteContents(IReadOnlyList<LearningReport> reports)
    {
        Put("""<div class="scroll"><table><thead><tr><th>learning key</th><th class="number">sessions</th><th class="number">mean</th><th class="number">recent</th><th>verdict</th></tr></thead><tbody>""");
        for (var index = 0; index < reports.Count; index++)
        {
            var report = reports[index];
            var first = report.Evidence.Comparisons[0];
            Put($"""
                <tr><td class="name"><a href="#key-{index + 1}">{Svg.Escape(report.LearningKey)}</a></td><td class="number">{Words.Whole(report.SessionCount)}</td><td class="number">{Words.Number(report.Reward.OverallMean)}</td><td class="number">{Words.Number(report.Reward.RecentMean)}</td><td>{Svg.Escape(Words.Title(first))}: {Chip(first.Verdict)}</td></tr>
                """);
        }

        Put("</tbody></table></div>");
    }

    private void Write(LearningReport report, string id)
    {
        Put($"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{Svg.Escape(report.LearningKey)}</h2>
            <p><strong>{Svg.Escape(report.Summary)}</strong></p>
            {(report.Findings?.Decline is { } decline ? $"<p><strong>{Svg.Escape(decline)}</strong></p>" : "")}
            <p class="soft">{Words.Whole(report.SessionCount)} sessions, {Words.Whole(report.Reward.OverallCount)} with a reward; mean {Words.Number(report.Reward.OverallMean)}, recent {Words.Number(report.Reward.RecentMean)} (n={report.Reward.RecentCount}), baseline {Words.Number(report.Reward.BaselineMean)} (n={report.Reward.BaselineCount})</p>
            <ul class="cards">
            """);
        foreach (var comparison in report.Evidence.Comparisons)
        {
            Put($"""<li><strong>{Svg.Escape(Words.Title(comparison))}</strong>{Chip(comparison.Verdict)}<br><span class="why">{Svg.Escape(comparison.Reason)}</span></li>""");
        }

        Put("</ul>");
        if (report.Evidence.Advice is { } advice)
        {
            Put($"""<p class="soft">{Svg.Escape(advice)}</p>""");
        }

        if (Words.Caution(report.Evidence) is { } caution)
        {
            Put($"""<p class="soft">{Svg.Escape(caution)}</p>""");
        }

        Picture("Reward over time", RewardChart.Draw(report, $"{id}-rewards"));
        Picture("Differences", DifferenceChart.Draw(report.Evidence.Comparisons, report.Evidence.Confidence, $"{id}-differences"));
        WriteFindings(report);
        WriteExperiments(report);
        WriteJudge(report);
        WriteCounts(report);
        WriteModels(report);
        WriteEntries(report);
        Put("</section>");
    }

    private void WriteFindings(LearningReport report)
    {
        if (report.Findings is not { Entries.IsEmpty: false } findings)
        {
            return;
        }

        if (findings.Canary is { } canary)
        {
            Put($"""<p>{Svg.Escape(EffectWords.Of(canary.Effect, $"version {canary.Version}", "", $"with version {canary.Version}", $"with version {canary.Parent}"))} {EffectWords.QuestionOf(canary.Version, canary.Parent)}</p>""");
        }

        Put("""<h3>Entries, and what withholding them at random has shown</h3><div class="scroll"><table><thead><tr><th>entry</th><th>stands</th><th class="number">points of reward</th><th>bounds</th><th class="number">with</th><th class="number">without</th><th>all keys</th><th>words</th></tr></thead><tbody>""");
        foreach (var entry in findings.Entries)
        {
            Put($"""<tr><td class="name">{Svg.Escape(entry.Id)}</td><td>{Words.Standing(entry)}</td><td class="number">{EffectWords.Points(entry.Effect.Effect)}</td><td>{Words.Bounds(entry)}</td><td class="number">{Words.Whole(entry.Effect.Shown)}</td><td class="number">{Words.Whole(entry.Effect.Held)}</td><td>{Words.Pooled(entry)}</td><td>{Svg.Escape(entry.Words)}</td></tr>""");
        }

        Put("</tbody></table></div>");
        if (Words.Claims(findings) is { } claims)
        {
            Put($"""<p class="soft">{claims}</p>""");
        }
    }

    private void WriteExperiments(LearningReport report)
    {
        if (report.Findings is not { Experiments.IsEmpty: false } findings)
        {
            return;
        }

        Put("""<h3>Experiments</h3><div class="scroll"><table><thead><tr><th class="number">number</th><th>status</th><th>started by</th><th>what was found</th></tr></thead><tbody>""");
        foreach (var experiment in findings.Experiments)
        {
            Put($"""<tr><td class="number">{Words.Whole(experiment.Number)}</td><td>{experiment.Status.ToWire()}</td><td>{Svg.Escape(experiment.StartedBy)}</td><td>{Svg.Escape(experiment.Summary)}</td></tr>""");
        }

        Put("</tbody></table></div>");
    }

    private void WriteJudge(LearningReport report)
    {
        if (report.Judge?.Words(report.Reward.Delta) is { IsEmpty: false } words)
        {
            Put($"<h3>The judge</h3>{string.Concat(words.Select(sentence => $"<p>{Svg.Escape(sentence)}</p>"))}");
        }
    }

    private void WriteCounts(LearningReport report)
    {
        var rows = report.AdaptiveModes.Select(mode => ("mode", mode.Key, mode.Value))
            .Concat(report.ReviewStatuses.Select(status => ("review", status.Key, status.Value)));
        Put("""<h3>Modes and reviews</h3><div class="scroll"><table><thead><tr><th>what</th><th>which</th><th class="number">sessions</th></tr></thead><tbody>""");
        foreach (var (what, which, count) in rows)
        {
            Put($"""<tr><td>{what}</td><td class="name">{Svg.Escape(which)}</td><td class="number">{Words.Whole(count)}</td></tr>""");
        }

        Put("</tbody></table></div>");
    }

    private void WriteModels(LearningReport report)
    {
        if (report.ModelBreakdown.IsEmpty)
        {
            return;
        }

        Put("""<h3>Models</h3><div class="scroll"><table><thead><tr><th>role</th><th>model</th><th class="number">sessions</th><th class="number">mean reward</th><th class="number">latest</th></tr></thead><tbody>""");
        foreach (var model in report.ModelBreakdown)
        {
            Put($"""<tr><td>{model.Role}</td><td class="name">{Svg.Escape(model.ModelId)}</td><td class="number">{Words.Whole(model.SessionCount)}</td><td class="number">{Words.Number(model.RewardMean)}</td><td class="number">{Words.Number(model.LatestScore)}</td></tr>""");
        }

        Put("</tbody></table></div>");
    }

    private void WriteEntries(LearningReport report)
    {
        if (report.PlaybookImpact is not { } impacts)
        {
            return;
        }

        Put("""<h3>Playbook entries</h3><div class="scroll"><table><thead><tr><th>entry</th><th>cue</th><th class="number">hits</th><th class="number">adoptions</th><th class="number">reward Δ</th><th>interval</th><th class="number">tokens Δ</th><th>transfer</th></tr></thead><tbody>""");
        foreach (var entry in impacts)
        {
            Put($"""<tr><td class="name">{Svg.Escape(entry.EntryId)}</td><td class="name">{Svg.Escape(Words.Line(entry.CuePattern, 60))}</td><td class="number">{entry.TotalCueHits}</td><td class="number">{entry.AdoptionEvents}</td><td class="number">{Words.Signed(entry.RewardDelta)}</td><td>{Words.Range(entry.RewardDeltaInterval)}</td><td class="number">{Words.Tokens(entry.TokenDelta)}</td><td>{entry.TransferLevel}</td></tr>""");
        }

        Put("</tbody></table></div>");
    }

    private void Picture(string title, string? svg)
    {
        if (svg is not null)
        {
            Put($"""<h3>{title}</h3><figure class="scroll" style="margin:0">{svg}</figure>""");
        }
    }

    private static string Chip(Verdict verdict)
    {
        var style = verdict switch { Verdict.Helps => "good", Verdict.Hurts => "bad", _ => "unsure" };
        return $"""<span class="verdict {style}">{verdict.Words}</span>""";
    }

    private void Put(string text) => _output.Write(text + "\n");
}
