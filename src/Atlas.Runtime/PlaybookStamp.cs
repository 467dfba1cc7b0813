using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime;

/// <summary>Identifies a playbook.</summary>
/// <param name="Version">The number of the version; 0 while nothing is learned.</param>
/// <param name="StudentSha256">The SHA-256 of the student's text in that version, as stored in <c>learning_registry</c>; null if there is
/// none.</param>
/// <param name="TeacherSha256">The same for the teacher's text; null if there is none.</param>
/// <param name="EntryCount">The number of its entries, for both roles.</param>
public sealed record PlaybookStamp(int Version, string? StudentSha256, string? TeacherSha256, int EntryCount)
{
    /// <summary>Creates the stamp of a playbook.</summary>
    public static PlaybookStamp Of(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return new(playbook.Version, playbook.Student?.VersionSha256, playbook.Teacher?.VersionSha256, playbook.EntryCount);
    }
}
