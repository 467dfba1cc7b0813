using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>The version given without a draw. A session that starts while a version is on trial can get its parent instead.</summary>
/// <param name="Version">Its number; 0 while there is none.</param>
/// <param name="MadeAt">When it was made; null for version 0.</param>
/// <param name="Playbook">Its content.</param>
/// <param name="ReachesPrompts">False if it only waits: its hash is passed on, but its text stays out of prompts.</param>
public readonly record struct CurrentPlaybook(int Version, DateTimeOffset? MadeAt, LearnedPlaybook Playbook, bool ReachesPrompts)
{
    /// <summary>Returns the promoted or pinned version, or else the newest one, which reaches prompts unless the key is staged.</summary>
    public static CurrentPlaybook Of(LearningKeyState state, LearningOptions options)
    {
        var current = state.InForce;
        var waits = state is { Served: null, Trials: null or { OnTrial: null } } && IsStaged(state, options);
        return new(current.Version, current.MadeAt, current.Playbook, ReachesPrompts: !waits);
    }

    /// <summary>Whether new versions wait to be promoted: as set for this key, or else by <c>learning.apply_to_prompts:
    /// false</c>.</summary>
    public static bool IsStaged(LearningKeyState state, LearningOptions options) => state.Staging?.On ?? !options.ApplyToPrompts;
}
