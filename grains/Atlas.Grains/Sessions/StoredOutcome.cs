using Atlas.Learning.Drift;
using Atlas.Learning.Sessions;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Sums a stored session up for its learning key.</summary>
internal static class StoredOutcome
{
    /// <summary>What the key would have been told when the session ended.</summary>
    public static SessionOutcome Of(StoredSession session)
    {
        var sample = RewardSample.Read(session.Id, session.RewardStats ?? default);
        var figures = SessionFigures.Read(session.Id, session.Metadata ?? default);
        return figures with
        {
            Status = session.Status,
            Score = sample.Score,
            UncertaintyMean = sample.Uncertainty,
            BestUncertainty = sample.BestUncertainty,
            Failed = figures.Failed || session.Status is "failed",
            PlaybookVersion = session.PlaybookVersion ?? 0,
            StartedAt = session.StartedAt,
            CompletedAt = session.CompletedAt ?? session.StartedAt,
        };
    }
}
