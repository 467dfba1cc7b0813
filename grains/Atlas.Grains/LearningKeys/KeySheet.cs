using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Grains.LearningKeys;

/// <summary>Describes a key's state for callers. Pure.</summary>
internal static class KeySheet
{
    public static LearningKeyDescription Describe(
        LearningKeyState state, ResolvedPlaybook current, LearningOptions options, DateTimeOffset? synthesisNotBefore) => new(
        current,
        state.SessionsObserved,
        state.SessionsApplied,
        state.Pending,
        state.Frozen is not null,
        state.LastSynthesis is { Outcome: "failed" or "rejected" } last ? last.Reason : null,
        state.Version,
        CurrentPlaybook.IsStaged(state, options),
        state.Pinned?.Version)
    {
        SynthesisNotBefore = synthesisNotBefore,
    };

    public static RewardBaseline Baseline(LearningKeyState state) =>
        new(state.Rewards.Samples, state.History.TotalCount, state.History.ScoreCount, state.History.ScoreSum);
}
