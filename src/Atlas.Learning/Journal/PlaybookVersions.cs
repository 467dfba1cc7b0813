using System.Collections.Immutable;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Makes the event that puts a new version in place.</summary>
internal static class PlaybookVersions
{
    public static PlaybookChanged Next(
        LearningKeyState state,
        LearnedPlaybook playbook,
        string cause,
        ImmutableArray<long> sessionIds,
        LearningOptions options,
        Signature by)
    {
        var version = state.Version + 1;
        return new PlaybookChanged
        {
            Version = version,
            ParentVersion = state.Version,
            Cause = cause,
            Reason = by.Reason,
            SessionIds = sessionIds,
            StudentSha256 = PlaybookRenderer.Render("student", playbook.StudentText, options, by.At, version)?.Sha256,
            TeacherSha256 = PlaybookRenderer.Render("teacher", playbook.TeacherText, options, by.At, version)?.Sha256,
            ContentSha256 = PlaybookContentHash.Compute(playbook),
            Playbook = playbook,
            At = by.At,
            Author = by.Author,
        };
    }
}
