using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Drift;
using Atlas.Learning.History;

namespace Atlas.Grains.Sessions;

/// <summary>The rewards that a session's learning key had when the session ended.</summary>
/// <param name="Window">The newest ones, which drift is held against.</param>
/// <param name="Totals">Figures over all of them.</param>
internal sealed record PastRewards(DriftWindow Window, RollingHistory Totals)
{
    public static PastRewards None { get; } = new(DriftWindow.Empty, RollingHistory.Empty);

    public static PastRewards Of(RewardBaseline baseline) => new(
        new DriftWindow
        {
            Samples = [.. baseline.Sessions.Select(past =>
                new RewardSample(past.SessionId, past.Score, past.Uncertainty, past.BestUncertainty))],
        },
        new RollingHistory { TotalCount = baseline.TotalCount, ScoreCount = baseline.ScoreCount, ScoreSum = baseline.ScoreSum });

    /// <summary>As <c>metadata.learning_history</c>: scores and figures, without the notes, which stand with their own sessions.</summary>
    public LearningHistory History(int limit) => LearningHistory.Of(
        Window.Samples.Select(sample => new HistoryRecord { Reward = JsonSerializer.SerializeToElement(new { score = sample.Score }) }),
        limit,
        Totals);
}
