using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;

namespace Atlas.Learning.Playbooks;

/// <summary>The texts of a playbook, built from prefaces and entries according to its form.</summary>
public static class PlaybookTexts
{
    extension(LearnedPlaybook playbook)
    {
        /// <summary>The student's whole text, with all rendered entries; empty if there is none.</summary>
        public string StudentText => playbook.IsRendered ? RoleText.Of(playbook, "student").Text : playbook.StudentPreface;

        /// <summary>The teacher's whole text; null if there is none.</summary>
        public string? TeacherText => playbook.IsRendered
            ? RoleText.Of(playbook, "teacher").Text is { Length: > 0 } text ? text : null
            : playbook.TeacherPreface;
    }
}
