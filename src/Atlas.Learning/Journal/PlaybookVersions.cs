using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Creates the event for a new version.</summary>
internal static class PlaybookVersions
{
    public static PlaybookChanged Next(
        LearningKeyState state,
        LearnedPlaybook playbook,
        PlaybookCause cause,
        ImmutableArray<long> sessionIds,
        LearningOptions options,
        Signature by,
        SynthesisSupport? support = null)
    {
        var version = state.Version + 1;
        return new PlaybookChanged
        {
            Version = version,
            ParentVersion = state.Version,
            Cause = cause,
            Reason = by.Reason,
            SessionIds = sessionIds,
            StudentSha256 = GivenText.VersionHash(playbook, "student", options.PlaybookLimit),
            TeacherSha256 = GivenText.VersionHash(playbook, "teacher", options.PlaybookLimit),
            ContentSha256 = PlaybookContentHash.Compute(playbook),
            Playbook = playbook,
            Trials = EvidenceDecisions.Version(state, version, playbook, cause, support, options),
            At = by.At,
            Author = by.Author,
        };
    }
}
