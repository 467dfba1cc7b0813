using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What is given where nothing is drawn: a session that starts while a version is on trial may be given its parent.</summary>
/// <param name="Version">Its number; 0 while there is none.</param>
/// <param name="MadeAt">When it was made; null for version 0.</param>
/// <param name="Playbook">What it says.</param>
/// <param name="ReachesPrompts">False if it only waits: its hash travels, its text is kept out of prompts.</param>
public readonly record struct CurrentPlaybook(int Version, DateTimeOffset? MadeAt, LearnedPlaybook Playbook, bool ReachesPrompts)
{
    /// <summary>The version that was promoted or pinned; else the newest one, which reaches prompts unless the key is staged.</summary>
    public static CurrentPlaybook Of(LearningKeyState state, LearningOptions options) => (state.Served ?? state.Trials?.OnTrial) is { } served
        ? new(served.Version, served.MadeAt, served.Playbook, ReachesPrompts: true)
        : new(state.Version, state.UpdatedAt, state.Playbook, ReachesPrompts: !IsStaged(state, options));

    /// <summary>Whether new versions wait to be promoted: what was said of this key, else <c>learning.apply_to_prompts: false</c>.</summary>
    public static bool IsStaged(LearningKeyState state, LearningOptions options) => state.Staging?.On ?? !options.ApplyToPrompts;
}
