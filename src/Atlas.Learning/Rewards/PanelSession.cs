using System.Collections.Immutable;

namespace Atlas.Learning.Rewards;

/// <summary>A past session that the judge is asked about repeatedly.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearningKey">Its key; null for none.</param>
/// <param name="Outcome">The reward that it brought itself, 0 to 1; null if a judge gave it.</param>
/// <param name="Answers">The judge's answers, oldest first.</param>
public sealed record PanelSession(long SessionId, string? LearningKey, double? Outcome, ImmutableArray<PanelAnswer> Answers);

/// <summary>A judge's answer about a session of the panel.</summary>
/// <param name="At">The time.</param>
/// <param name="Judge">The judge.</param>
/// <param name="Score">0 to 1.</param>
public sealed record PanelAnswer(DateTimeOffset At, string Judge, double Score);
