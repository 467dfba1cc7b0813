using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Injection;

/// <summary>Brings a playbook into the form in which its texts are rendered from its entries.</summary>
internal static class RenderedForm
{
    /// <summary>The playbook as <see cref="PlaybookForm.Entries"/>: nothing stands twice, and what was taken away is gone.</summary>
    /// <param name="playbook">With texts or prefaces that may say what entries say.</param>
    /// <param name="gone">Entries that were taken away just now.</param>
    /// <param name="withdrawnFromStudent">Instructions of entries that went earlier, and must not come back in the student's preface.</param>
    /// <param name="withdrawnFromTeacher">The same for the teacher's.</param>
    public static LearnedPlaybook Of(
        LearnedPlaybook playbook, IEnumerable<PlaybookEntry> gone, IReadOnlyCollection<string> withdrawnFromStudent, IReadOnlyCollection<string> withdrawnFromTeacher)
    {
        // An entry that was given up is not rendered, so the prose must not say it either.
        var spoken = (playbook.Entries.IsDefault ? [] : playbook.Entries).Concat(gone).ToList();
        return playbook with
        {
            Form = PlaybookForm.Entries,
            StudentPreface = Restatement.Without(playbook.StudentPreface, spoken, withdrawnFromStudent) ?? "",
            TeacherPreface = Restatement.Without(playbook.TeacherPreface, spoken, withdrawnFromTeacher),
        };
    }
}
