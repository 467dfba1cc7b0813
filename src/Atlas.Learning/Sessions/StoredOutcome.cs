using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Drift;

namespace Atlas.Learning.Sessions;

/// <summary>Summarises a stored session for its learning key.</summary>
public static class StoredOutcome
{
    /// <summary>Returns what the key would have been told when the session ended.</summary>
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
            Failed = figures.Failed || session.Status is SessionStatus.Failed,
            NotGiven = session.Given?.Deserialize<GivenPlaybook>(AtlasJson.Options)?.NotGiven,
            Assignment = session.Assignment,
            PlaybookVersion = session.PlaybookVersion ?? 0,
            StartedAt = session.StartedAt,
            CompletedAt = session.CompletedAt ?? session.StartedAt,
        };
    }
}
