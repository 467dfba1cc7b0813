using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Queries.Keys;

/// <summary>The state of a learning key.</summary>
/// <param name="Newest">Its newest version.</param>
/// <param name="Frozen">Who froze its playbook and why; null if it is not frozen.</param>
/// <param name="Scores">The newest rewards, 0 to 1, oldest first.</param>
/// <param name="MeanScore">Mean of all its rewards; null if there are none.</param>
/// <param name="ScoreCount">The number of all its rewards.</param>
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

/// <summary>The content of a learning key at one version.</summary>
/// <param name="Number">The version; 0 before the first.</param>
/// <param name="Playbook">Its content.</param>
public sealed record PlaybookVersion(int Number, LearnedPlaybook Playbook);
