using Atlas.Contracts.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Grains.LearningKeys;

/// <summary>Renders what sessions are given once per change of it, so that resolving it is handing out a reference.</summary>
internal static class PlaybookSnapshot
{
    public static ResolvedPlaybook Of(string learningKey, LearningKeyState state, LearningOptions options)
    {
        var current = CurrentPlaybook.Of(state, options);
        return new ResolvedPlaybook(
            learningKey,
            current.Version,
            current.MadeAt,
            options.PlaybookInjectionMode is InjectionMode.Suffix ? "suffix" : "prefix",
            options.Enabled && current.ReachesPrompts,
            current.Playbook.Entries.Length,
            Role("student", current.Playbook.StudentText),
            Role("teacher", current.Playbook.TeacherText));

        // With learning off nothing of a playbook leaves the key, not even its hash.
        RolePlaybook? Role(string role, string? text) =>
            options.Enabled && PlaybookRenderer.Render(role, text, options, current.MadeAt, current.Version) is { } rendered
                ? new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block)
                : null;
    }

    /// <summary>Whether <paramref name="resolved"/> is what <see cref="Of"/> would give; counted sessions do not change it.</summary>
    public static bool IsOf(ResolvedPlaybook resolved, LearningKeyState state, LearningOptions options)
    {
        var current = CurrentPlaybook.Of(state, options);
        return resolved.Version == current.Version
            && resolved.UpdatedAt == current.MadeAt
            && resolved.ApplyToPrompts == (options.Enabled && current.ReachesPrompts);
    }
}
