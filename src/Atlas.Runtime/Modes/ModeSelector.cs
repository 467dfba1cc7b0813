using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration.Orchestration;
using Atlas.Learning.History;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;

namespace Atlas.Runtime.Modes;

/// <summary>Finds the mode of a session, and asks for history and probe only if they matter.</summary>
internal sealed class ModeSelector(RunContext run, IAtlasClient cluster, SupervisionMode? forced)
{
    public async Task<ModeChoice> ChooseAsync(EventSpan parent, CancellationToken cancellationToken)
    {
        var adaptive = run.Configuration.AdaptiveTeaching;
        var hasTeacher = run.Parts.Teacher is not null;
        var mode = forced ?? run.Configuration.Orchestration.ForcedMode;
        if (!hasTeacher && mode is SupervisionMode.Paired or SupervisionMode.Coach)
        {
            run.Warn($"There is no teacher for the mode {ModeRules.NameOf(mode)}; the session runs as auto.");
        }

        // Assume that there is a history: a choice that holds even then does not need it.
        var choice = ModeRules.WithoutProbe(mode, adaptive, pastSessions: 1, hasTeacher);
        if (choice is null)
        {
            var history = await HistoryAsync(adaptive.LearningHistoryLimit, cancellationToken).ConfigureAwait(false);
            choice = ModeRules.WithoutProbe(mode, adaptive, history.TotalCount, hasTeacher)
                ?? await new CapabilityProbe(run).ChooseAsync(history, parent, cancellationToken).ConfigureAwait(false);
        }

        Tell(choice, parent);
        return choice;
    }

    private async Task<LearningHistory> HistoryAsync(int limit, CancellationToken cancellationToken)
    {
        try
        {
            var baseline = await cluster.BaselineAsync(run.Session.LearningKey, cancellationToken).ConfigureAwait(false);
            return LearningHistory.Of(
                baseline.Sessions.Select(past => new HistoryRecord
                {
                    Reward = JsonSerializer.SerializeToElement(new { score = past.Score, uncertainty = past.Uncertainty }),
                }),
                HistoryLimit.Effective(limit),
                new RollingHistory { TotalCount = baseline.TotalCount, ScoreCount = baseline.ScoreCount, ScoreSum = baseline.ScoreSum });
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            run.Warn($"The history of the learning key could not be read ({failure.Message.TrimEnd('.')}); the session runs as if there were none.");
            return new LearningHistory();
        }
    }

    private void Tell(ModeChoice choice, EventSpan parent)
    {
        var name = ModeRules.NameOf(choice.Mode);
        var span = run.Events.Start(EventKind.Custom, "adaptive_route", Actors.Runtime, new JsonObject { ["mode"] = name }, parent);
        var output = new JsonObject { ["mode"] = name, ["confidence"] = choice.Confidence, ["reason"] = choice.Source };
        if (choice.Probe is { } probe)
        {
            output["probe_mode"] = ModeRules.NameOf(probe.Mode);
            output["probe_confidence"] = probe.Confidence;
            output["probe_raw"] = probe.Raw?.DeepClone();
        }

        span.End(output);
    }
}
