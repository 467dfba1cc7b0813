using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Injection;

/// <summary>Converts a playbook to the form in which its texts are rendered from its entries.</summary>
internal static class RenderedForm
{
    /// <summary>Returns the playbook as <see cref="PlaybookForm.Entries"/>, without duplicates and without what was removed.</summary>
    /// <param name="playbook">A playbook whose texts or prefaces can repeat entries.</param>
    /// <param name="gone">Entries that were just removed.</param>
    /// <param name="withdrawnFromStudent">Instructions of entries removed earlier, which must not return in the student's preface.</param>
    /// <param name="withdrawnFromTeacher">The same for the teacher's.</param>
    public static LearnedPlaybook Of(
        LearnedPlaybook playbook, IEnumerable<PlaybookEntry> gone, IReadOnlyCollection<string> withdrawnFromStudent, IReadOnlyCollection<string> withdrawnFromTeacher)
    {
        // An entry that was dropped is not rendered, so the prose must not repeat it either.
        var spoken = (playbook.Entries.IsDefault ? [] : playbook.Entries).Concat(gone).ToList();
        return playbook with
        {
            Form = PlaybookForm.Entries,
            StudentPreface = Restatement.Without(playbook.StudentPreface, spoken, withdrawnFromStudent) ?? "",
            TeacherPreface = Restatement.Without(playbook.TeacherPreface, spoken, withdrawnFromTeacher),
        };
    }
}
