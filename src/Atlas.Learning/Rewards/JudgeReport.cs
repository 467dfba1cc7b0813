using System.Collections.Immutable;

namespace Atlas.Learning.Rewards;

/// <summary>What is known about the judge, for the report of a key.</summary>
/// <param name="Figures">Figures over the whole panel: a judge is the same for all keys.</param>
/// <param name="OfKey">The number of the key's sessions in the panel.</param>
/// <param name="GaveRewards">Whether the judge gave the rewards of all of those, so that its drift is part of the key's trend.</param>
public sealed record JudgeReport(JudgeFigures Figures, int OfKey, bool GaveRewards)
{
    /// <summary>Creates the report; null if no judge was asked again.</summary>
    public static JudgeReport? Of(IReadOnlyCollection<PanelSession> panel, string learningKey)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var own = panel.Where(session => session.LearningKey == learningKey).ToList();
        return JudgeFigures.Of(panel) is { } figures ? new(figures, own.Count, own.Count > 0 && own.All(session => session.Outcome is null)) : null;
    }

    /// <summary>Describes the report in plain sentences.</summary>
    /// <param name="trend">How much the newest rewards of the key differ from earlier ones; null if unknown.</param>
    public ImmutableArray<string> Words(double? trend) =>
        [.. new[] { JudgeWords.OfAgreement(Figures), JudgeWords.OfDrift(Figures, GaveRewards ? trend : null) }.OfType<string>()];
}
