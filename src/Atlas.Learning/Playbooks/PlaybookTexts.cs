using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;

namespace Atlas.Learning.Playbooks;

/// <summary>The texts of a playbook, as its form makes them of preface and entries.</summary>
public static class PlaybookTexts
{
    extension(LearnedPlaybook playbook)
    {
        /// <summary>The student's whole text, with every entry that is rendered at all; empty if there is none.</summary>
        public string StudentText => playbook.IsRendered ? RoleText.Of(playbook, "student").Text : playbook.StudentPreface;

        /// <summary>The teacher's whole text; null if there is none.</summary>
        public string? TeacherText => playbook.IsRendered
            ? RoleText.Of(playbook, "teacher").Text is { Length: > 0 } text ? text : null
            : playbook.TeacherPreface;
    }
}
