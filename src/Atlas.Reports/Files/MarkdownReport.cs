using Atlas.Learning.Evidence;
using System.Globalization;
using Atlas.Domain;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Files;

/// <summary>Writes a report for people: <c>&lt;slug&gt;_summary.md</c>.</summary>
public sealed partial class MarkdownReport
{
    private const int EntriesShown = 10;
    private const int NoteLength = 240;

    private readonly TextWriter _output;
    private readonly LearningReport _report;

    private MarkdownReport(LearningReport report, TextWriter output)
    {
        _report = report;
        _output = output;
    }

    /// <summary>Writes the report.</summary>
    public static void Write(LearningReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        new MarkdownReport(report, output).Write();
    }

    private void Write()
    {
        Line($"# Learning Evaluation — {MarkdownText.Plain(_report.LearningKey)}");
        Line();
        Line(MarkdownText.Plain(_report.Summary));
        Line();
        if (_report.Findings?.Decline is { } decline)
        {
            Line($"**{MarkdownText.Plain(decline)}**");
            Line();
        }

        WriteOverview();
        WriteEvidence();
        WriteFindings();
        WriteExperiments();
        WriteJudge();
        WriteQuality();
        WriteLifecycle();
        WriteImpact();
        WriteUsage();
        WriteEfficiency();
        WriteCaches();
        WriteModels();
        WriteSessions();
        WriteComparison();
    }

    private void WriteOverview()
    {
        var reward = _report.Reward;
        Line($"- Sessions analysed: {_report.SessionCount}, {reward.OverallCount} with a reward, mean {Words.Number(reward.OverallMean)}");
        Line($"- Recent window: {_report.RecentWindow.Size}");
        Line($"- Recent mean reward: {Words.Number(reward.RecentMean)} (n={reward.RecentCount})");
        Line($"- Baseline window: {_report.BaselineWindow.Size}");
        Line($"- Baseline mean reward: {Words.Number(reward.BaselineMean)} (n={reward.BaselineCount})");
        Line($"- Recent vs baseline reward delta: {Delta(reward)}");
        Line($"- Latest score: {Words.Number(reward.LatestScore)}");
        Line($"- Adaptive modes: {Counts(_report.AdaptiveModes)}");
        Line($"- Review statuses: {Counts(_report.ReviewStatuses)}");
        Line($"- Discovery references: {(_report.DiscoveryRuns.IsEmpty ? "none" : string.Join(", ", _report.DiscoveryRuns.Select(run => $"#{run.RunId} ({MarkdownText.Plain(run.Source)}, {Words.Time(run.CreatedAt)})")))}");
    }

    private void WriteEvidence()
    {
        Head("Evidence");
        Line($"Intervals hold the true difference with {Words.Confidence(_report.Evidence.Confidence)} confidence.");
        if (Words.Caution(_report.Evidence) is { } caution)
        {
            Line(caution);
        }

        Line();
        foreach (var comparison in _report.Evidence.Comparisons)
        {
            Line($"- {MarkdownText.Plain(Words.Title(comparison))}: **{comparison.Verdict.Words}**");
            Line($"  - {MarkdownText.Plain(comparison.Treatment.Label)}: {Arm(comparison.Treatment)}; {MarkdownText.Plain(comparison.Control.Label)}: {Arm(comparison.Control)}");
            Line($"  - {MarkdownText.Plain(comparison.Reason)}");
        }

        if (_report.Evidence.Advice is { } advice)
        {
            Line();
            Line(advice);
        }
    }

    private void WriteQuality()
    {
        if (_report.PlaybookMetrics is not { } quality)
        {
            return;
        }

        Head("Playbook Entry Quality");
        Line($"- Candidates: {quality.TotalCandidates} ({quality.Passed} passed, {quality.Failed} failed, pass rate {Words.Percent(quality.PassRate)})");
        Line($"- Gate failures: {(quality.GateFailures.IsEmpty ? "none" : string.Join(", ", quality.GateFailures.Select(gate => $"{MarkdownText.Plain(gate.Key)}: {gate.Value}")))}");
        Line($"- Average weighted score: {Words.Number(quality.AverageWeightedScore)}");
        Line($"- Weights: {(quality.Weights.IsEmpty ? "n/a" : string.Join(", ", quality.Weights.Select(weight => $"{MarkdownText.Plain(weight.Key)}: {Words.Number(weight.Value)}")))}");
    }

    private void WriteLifecycle()
    {
        if (_report.PlaybookLifecycleSummary is not { } lifecycle)
        {
            return;
        }

        Head("Playbook Entry Lifecycle");
        Line($"- Reinforcement: {lifecycle.ReinforcementActive} active, {lifecycle.ReinforcementDeprecated} deprecated");
        Line($"- Differentiation: {lifecycle.DifferentiationActive} active, {lifecycle.DifferentiationDeprecated} deprecated");
        Line($"- Rejected in the latest synthesis: {lifecycle.Rejected}");
    }

    private void WriteImpact()
    {
        if (_report.PlaybookImpact is not { } impacts)
        {
            return;
        }

        Head("Playbook Entry Impact");
        foreach (var entry in impacts.Take(EntriesShown))
        {
            Line($"- {MarkdownText.Code(entry.EntryId ?? "without id")} ({MarkdownText.Plain(entry.Audience)}): {entry.TotalCueHits} hits, {entry.AdoptionEvents} adoptions, "
                + $"adoption rate {Words.Percent(entry.AdoptionRate)}, reward Δ {Words.Signed(entry.RewardDelta)} ({Words.Range(entry.RewardDeltaInterval)}), "
                + $"tokens Δ {Words.Tokens(entry.TokenDelta)} ({Words.TokenRange(entry.TokenDeltaInterval)}), "
                + $"transfer {(entry.TransferSuccess ? "yes" : "no")} ({MarkdownText.Plain(entry.TransferLevel)}), impact score {Words.Number(entry.ImpactScore)}");
            if (entry.FailureAvoidance is { } failures)
            {
                Line($"  - Retries per session {Words.Number(failures.RetryAvg)} (n={failures.RetrySamples}), failure events {failures.FailureEvents}, failed adoptions {failures.FailedAdoptions}");
            }
        }

        if (impacts.Length > EntriesShown)
        {
            Line($"- … and {impacts.Length - EntriesShown} more in the JSON");
        }
    }

    private void WriteUsage()
    {
        if (_report.UsageMetrics is not { } usage)
        {
            return;
        }

        Head("Runtime Usage");
        Line($"- Cue triggers: {usage.CueTriggers} in {usage.CueTriggerSessions} sessions ({Words.Percent(usage.CueTriggerRate)}), {usage.UniqueCueSteps} steps");
        Line($"- Adoptions: {usage.AdoptionEvents}, {usage.SuccessfulAdoptions} successful ({Words.Percent(usage.AdoptionRate)})");
    }

    private void WriteEfficiency()
    {
        if (_report.Efficiency is not { } efficiency)
        {
            return;
        }

        Head("Efficiency Snapshot");
        Line($"- Rewarded sessions with cues: {efficiency.SessionsWithCues}, without: {efficiency.SessionsWithoutCues}");
        Line($"- Reward with cues {Words.Number(efficiency.AverageRewardWithCues)}, without {Words.Number(efficiency.AverageRewardWithoutCues)}, Δ {Words.Signed(efficiency.RewardDelta)} ({Words.Range(efficiency.RewardDeltaInterval)})");
        Line($"- Tokens with cues {Words.Number(efficiency.AverageTokensWithCues)}, without {Words.Number(efficiency.AverageTokensWithoutCues)}, Δ {Words.Tokens(efficiency.TokenDelta)} ({Words.TokenRange(efficiency.TokenDeltaInterval)})");
    }

    private void WriteCaches()
    {
        if (_report.PromptCaches.IsEmpty)
        {
            return;
        }

        Head("Prompt Caches");
        foreach (var cache in _report.PromptCaches)
        {
            Line($"- {(cache.Injected ? $"Version {cache.Version}" : "Without a playbook")}: {Words.Percent(cache.Share)} of {cache.InputTokens} tokens sent, {cache.Sessions} sessions");
        }
    }

    private void WriteModels()
    {
        if (_report.ModelBreakdown.IsEmpty)
        {
            return;
        }

        Head("Model Performance");
        foreach (var model in _report.ModelBreakdown)
        {
            Line($"- {MarkdownText.Plain(model.Role)} {MarkdownText.Code(model.ModelId)}: {model.SessionCount} sessions, mean reward {Words.Number(model.RewardMean)} (n={model.RewardCount}), latest {Words.Number(model.LatestScore)}, last seen {Words.Time(model.LastSeenAt)}");
        }
    }

    private void WriteSessions()
    {
        Head("Latest Sessions");
        if (_report.Sessions.IsEmpty)
        {
            Line("No sessions were found.");
            return;
        }

        foreach (var session in _report.Sessions.Reverse().Take(ReportBuilder.LatestSessions).Reverse())
        {
            Line($"- #{session.SessionId} {Words.Time(session.CreatedAt)}: mode {MarkdownText.Plain(session.ExecutionMode ?? "n/a")}, score {Words.Number(session.RewardScore)}, "
                + $"uncertainty {Words.Number(session.RewardUncertainty)}, review {session.ReviewStatus.ToWire()}, {session.TrajectoryEvents} events, "
                + $"student {MarkdownText.Plain(session.StudentModelId ?? "n/a")}, teacher {MarkdownText.Plain(session.TeacherModelId ?? "n/a")}");
            Note("Student", session.StudentLearning);
            Note("Teacher", session.TeacherLearning);
        }
    }

    private void WriteComparison()
    {
        if (_report.Comparison is not { } comparison)
        {
            return;
        }

        Head("Comparison vs previous run");
        Line($"- Recent mean Δ: {Words.Signed(comparison.RecentMeanDelta)} ({Words.Range(comparison.RecentMeanDeltaInterval)})");
        Line($"- Latest score Δ: {Words.Signed(comparison.LatestScoreDelta)}");
        Line($"- Session count Δ: {comparison.SessionCountDelta:+0;-0;0}");
        foreach (var (model, delta) in comparison.ModelDeltas)
        {
            Line($"- {MarkdownText.Plain(model)}: sessions {delta.SessionCountDelta:+0;-0;0}, mean reward Δ {Words.Signed(delta.RewardMeanDelta)} ({Words.Range(delta.RewardMeanDeltaInterval)})");
        }
    }

    private static string Delta(RewardMomentum reward) => reward.Delta is not { } delta
        ? "n/a"
        : $"{Words.Signed(delta)} (interval {Words.Range(reward.DeltaInterval)})";

    private static string Arm(ArmFigures arm) =>
        string.Create(CultureInfo.InvariantCulture, $"mean {Words.Number(arm.Mean)} over {arm.Sessions} sessions of {arm.Tasks} tasks{Words.Costs(arm)}");

    private static string Counts(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? "n/a" : string.Join(", ", counts.Select(count => $"{MarkdownText.Plain(count.Key)}: {count.Value}"));

    private void Note(string role, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Line($"  - {role}: {MarkdownText.Plain(Words.Line(text, NoteLength))}");
        }
    }

    private void Head(string title)
    {
        Line();
        Line($"## {title}");
        Line();
    }

    // Use line feeds on every system, so that the same report gives the same file.
    private void Line(string line = "") => _output.Write(line + "\n");
}
