using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>Where a learning key stands.</summary>
/// <param name="Newest">Its newest version.</param>
/// <param name="Frozen">Who stopped changes of its playbook and why; null if nobody did.</param>
/// <param name="Scores">The newest rewards, 0 to 1, the oldest first.</param>
/// <param name="MeanScore">Mean of all rewards that it ever had; null if there is none.</param>
/// <param name="ScoreCount">How many those are.</param>
public sealed record KeyStanding(
    PlaybookVersion Newest, Freeze? Frozen, ImmutableArray<double> Scores, double? MeanScore, long ScoreCount)
{
    internal static KeyStanding Of(LearningKeyState state) => new(
        new PlaybookVersion(state.Version, state.Playbook),
        state.Frozen,
        [.. state.Rewards.Samples.Select(sample => sample.Score).OfType<double>()],
        state.History.AverageScore,
        state.History.ScoreCount);
}

/// <summary>What a learning key said at one version.</summary>
/// <param name="Number">The version; 0 before the first.</param>
/// <param name="Playbook">What it said.</param>
public sealed record PlaybookVersion(int Number, LearnedPlaybook Playbook);
