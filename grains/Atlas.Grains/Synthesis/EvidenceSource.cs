using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Digest;
using Atlas.Learning.Evidence;
using Atlas.Learning.History;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;
using Atlas.Models.Synthesis;
using Atlas.Queries;
using StoredDigest = Atlas.Queries.SessionDigest;

namespace Atlas.Grains.Synthesis;

/// <summary>Gathers what a synthesizer is shown: the newest sessions that can teach, up to its limit.</summary>
internal sealed class EvidenceSource(LearningQueries queries, LearningRules rules, SynthesizerOptions synthesizer, SessionRedaction redaction)
{
    public async Task<SynthesisEvidence> GatherAsync(
        string learningKey, LearningKeyState snapshot, ImmutableArray<long> sessionIds, CancellationToken cancellationToken)
    {
        var digests = await queries.RecentDigestsAsync(
            learningKey,
            synthesizer.MaximumSessions,
            onlyApproved: rules.Safety.Review.RequireApproval,
            perAuthor: AuthorLimit.Of(snapshot.Trials, rules.Learning, synthesizer.MaximumSessions),
            cancellationToken: cancellationToken);
        var sessions = digests.Where(digest => digest.Score is not null).Select(Rewarded).ToImmutableArray();
        return new SynthesisEvidence(
            new SynthesisRequest
            {
                LearningKey = learningKey,
                Current = snapshot.Playbook,
                Sessions = sessions,
                PendingSessionIds = sessionIds,
                History = await HistoryAsync(learningKey, snapshot, cancellationToken),
                RuntimeHandles = HandlesOf(sessions),
                Options = rules.Learning,
                Findings = KeyFindings.Of(snapshot),
            },
            sessionIds,
            [.. (await queries.GuidanceOfAsync(sessionIds, cancellationToken)).Select(note => redaction.Redactor.Redact(note))],
            digests.Where(digest => digest.Author is not null).ToImmutableDictionary(digest => digest.SessionId, digest => digest.Author!));
    }

    /// <summary>Whether a session that the synthesizer was shown has been quarantined since.</summary>
    public async Task<bool> HasQuarantinedAsync(SynthesisProposal proposal, CancellationToken cancellationToken) =>
        !(await queries.QuarantinedOfAsync(proposal.Evidence, cancellationToken)).IsEmpty;

    private async Task<LearningHistory> HistoryAsync(
        string learningKey, LearningKeyState snapshot, CancellationToken cancellationToken)
    {
        var limit = HistoryLimit.Effective(rules.Learning.HistoryLimit);
        var newest = await queries.NewestRewardedAsync(learningKey, limit, cancellationToken);
        return LearningHistory.Of(newest.Reverse().Select(row => HistoryRecords.Of(row, redaction.Redactor)), limit, snapshot.History);
    }

    private ImmutableArray<string> HandlesOf(ImmutableArray<RewardedSession> sessions) =>
    [
        .. rules.Learning.Schema.AllowedRuntimeHandles
            .Concat(sessions.SelectMany(session => session.Digest.Tools).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private RewardedSession Rewarded(StoredDigest digest) => new()
    {
        Id = digest.SessionId,
        Task = redaction.Redactor.Redact(digest.Task),
        TaskIdentity = digest.TaskIdentity ?? TaskIdentity.Of(default, digest.Task),
        Score = digest.Score!.Value,
        ReviewStatus = digest.ReviewStatus,
        Digest = digest.Digest.Deserialize<Learning.Digest.SessionDigest>(AtlasJson.Options)!,
    };
}
