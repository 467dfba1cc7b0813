using Atlas.Learning.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>Sums cues and adoptions over all sessions, and the rewards and costs of sessions with cues.</summary>
internal sealed class UsageTotals(ReportSettings settings)
{
    private readonly Arm _rewardWith = new();
    private readonly Arm _rewardWithout = new();
    private readonly Arm _tokensWith = new();
    private readonly Arm _tokensWithout = new();
    private long _sessions;
    private long _hits;
    private long _sessionsWithHits;
    private long _steps;
    private long _adoptions;
    private long _successes;

    public void Add(SessionFacts facts)
    {
        _sessions++;
        var hasCues = false;
        if (facts.Usage is { } usage)
        {
            hasCues = usage.CueHits > 0;
            _hits += usage.CueHits;
            _sessionsWithHits += hasCues ? 1 : 0;
            _steps += usage.UniqueCueSteps;
            _adoptions += usage.Adoptions;
            _successes += usage.SuccessfulAdoptions;
        }

        if (facts.Score is { } score)
        {
            (hasCues ? _rewardWith : _rewardWithout).Add(facts.TaskHash, score);
            if (facts.TotalTokens is { } tokens)
            {
                (hasCues ? _tokensWith : _tokensWithout).Add(facts.TaskHash, tokens);
            }
        }
    }

    public UsageMetrics? Usage() => _hits + _adoptions + _successes + _steps == 0 ? null : new UsageMetrics
    {
        CueTriggers = _hits,
        CueTriggerSessions = _sessionsWithHits,
        UniqueCueSteps = _steps,
        AdoptionEvents = _adoptions,
        SuccessfulAdoptions = _successes,
        AdoptionRate = _adoptions > 0 ? (double)_successes / _adoptions : null,
        CueTriggerRate = _sessions > 0 ? (double)_sessionsWithHits / _sessions : null,
    };

    public EfficiencyFigures? Efficiency() => _rewardWith.Moments.Count + _rewardWithout.Moments.Count == 0 ? null : new EfficiencyFigures
    {
        SessionsWithCues = _rewardWith.Moments.Count,
        SessionsWithoutCues = _rewardWithout.Moments.Count,
        AverageRewardWithCues = _rewardWith.Moments.MeanOrNull,
        AverageRewardWithoutCues = _rewardWithout.Moments.MeanOrNull,
        AverageTokensWithCues = _tokensWith.Moments.MeanOrNull,
        AverageTokensWithoutCues = _tokensWithout.Moments.MeanOrNull,
        RewardDelta = _rewardWith.Moments.MeanOrNull - _rewardWithout.Moments.MeanOrNull,
        RewardDeltaInterval = DifferenceInterval.Of(_rewardWithout, _rewardWith, settings.Confidence, settings.Paired),
        TokenDelta = _tokensWith.Moments.MeanOrNull - _tokensWithout.Moments.MeanOrNull,
        TokenDeltaInterval = DifferenceInterval.Of(_tokensWithout, _tokensWith, settings.Confidence, settings.Paired),
    };
}
