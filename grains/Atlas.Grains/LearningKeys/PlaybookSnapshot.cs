using Atlas.Contracts.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Grains.LearningKeys;

/// <summary>Renders a key's committed state once per version, so that resolving it is handing out a reference.</summary>
internal static class PlaybookSnapshot
{
    public static ResolvedPlaybook Of(string learningKey, LearningKeyState state, LearningOptions options)
    {
        return new ResolvedPlaybook(
            learningKey,
            state.Version,
            state.UpdatedAt,
            options.PlaybookInjectionMode is InjectionMode.Suffix ? "suffix" : "prefix",
            options.Enabled && options.ApplyToPrompts,
            state.Playbook.Entries.Length,
            Role("student", state.Playbook.StudentText),
            Role("teacher", state.Playbook.TeacherText));

        // With learning off nothing of a playbook leaves the key, not even its hash.
        RolePlaybook? Role(string role, string? text) =>
            options.Enabled && PlaybookRenderer.Render(role, text, options, state.UpdatedAt, state.Version) is { } rendered
                ? new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block)
                : null;
    }
}
