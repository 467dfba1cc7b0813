using Atlas.Domain;
using Atlas.Learning.Evidence;

namespace Atlas.Reports.Files;

/// <remarks>What randomised trials have shown.</remarks>
public sealed partial class MarkdownReport
{
    private void WriteFindings()
    {
        if (_report.Findings is not { } findings || (findings.Entries.IsEmpty && findings.Canary is null))
        {
            return;
        }

        Head(findings.Entries.IsEmpty ? "Version on Trial" : "Entries on Trial");
        if (findings.Canary is { } canary)
        {
            Line(EffectWords.Of(canary.Effect, $"version {canary.Version}", "", $"with version {canary.Version}", $"with version {canary.Parent}"));
            Line(EffectWords.QuestionOf(canary.Version, canary.Parent));
            Line();
        }

        if (findings.Entries.IsEmpty)
        {
            return;
        }

        Line("| Entry | Stands | Effect on reward | Bounds | With | Without | All keys | Words |");
        Line("|---|---|---|---|---|---|---|---|");
        foreach (var entry in findings.Entries)
        {
            Line($"| {MarkdownText.Cell(MarkdownText.Code(entry.Id))} | {Words.Standing(entry)} | {EffectWords.Points(entry.Effect.Effect)} | {Words.Bounds(entry)} | {entry.Effect.Shown} | {entry.Effect.Held} | {Words.Pooled(entry)} | {MarkdownText.Plain(Words.Line(entry.Words, NoteLength))} |");
        }

        if (Words.Claims(findings) is { } claims)
        {
            Line();
            Line(claims);
        }
    }

    private void WriteJudge()
    {
        if (_report.Judge?.Words(_report.Reward.Delta) is not { IsEmpty: false } words)
        {
            return;
        }

        Head("The Judge");
        foreach (var sentence in words)
        {
            Line($"- {MarkdownText.Plain(sentence)}");
        }
    }

    private void WriteExperiments()
    {
        if (_report.Findings is not { Experiments.IsEmpty: false } findings)
        {
            return;
        }

        Head("Experiments");
        foreach (var experiment in findings.Experiments)
        {
            Line($"- Experiment {experiment.Number}, started by {MarkdownText.Plain(experiment.StartedBy)} at {Words.Time(experiment.StartedAt)}, {experiment.Status.ToWire()}: {MarkdownText.Plain(experiment.Summary)}");
        }
    }
}
