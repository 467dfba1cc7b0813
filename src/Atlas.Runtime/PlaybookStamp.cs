using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime;

/// <summary>Which playbook it was.</summary>
/// <param name="Version">Number of the version; 0 while nothing is learned.</param>
/// <param name="StudentSha256">SHA-256 of the student's text in that version, as <c>learning_registry</c> holds it; null if there is none.</param>
/// <param name="TeacherSha256">The same of the teacher's text; null if there is none.</param>
/// <param name="EntryCount">How many entries it has, for both roles.</param>
public sealed record PlaybookStamp(int Version, string? StudentSha256, string? TeacherSha256, int EntryCount)
{
    /// <summary>The stamp of a playbook.</summary>
    public static PlaybookStamp Of(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        return new(playbook.Version, playbook.Student?.VersionSha256, playbook.Teacher?.VersionSha256, playbook.EntryCount);
    }
}
