using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Keys;

namespace Atlas.Grains.Copies;

/// <summary>Answers callers in this process from the copies of its silo.</summary>
internal sealed class PlaybookReader(PlaybookCopies copies) : IPlaybookReader
{
    public ValueTask<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness) => LearningKeyRule.ProblemOf(learningKey) is { } problem
        ? throw new AtlasRefusedException(problem)
        : copies.ReadAsync(learningKey, freshness);
}
