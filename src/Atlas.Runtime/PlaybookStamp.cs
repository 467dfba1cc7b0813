using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime;

/// <summary>Which playbook it was.</summary>
/// <param name="Version">Number of the version; 0 while nothing is learned.</param>
/// <param name="StudentSha256">SHA-256 of the student's text; null if there is none.</param>
/// <param name="TeacherSha256">SHA-256 of the teacher's text; null if there is none.</param>
/// <param name="EntryCount">How many entries it has, for both roles.</param>
public sealed record PlaybookStamp(int Version, string? StudentSha256, string? TeacherSha256, int EntryCount)
{
    /// <summary>The stamp of a playbook.</summary>
    public static PlaybookStamp Of(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return new(playbook.Version, playbook.Student?.Sha256, playbook.Teacher?.Sha256, playbook.EntryCount);
    }
}
