using Atlas.Learning.Reports;

namespace Atlas.Reports.Statistics;

/// <summary>The costs of sessions, each figure over those for which it is known.</summary>
internal sealed class CostSums
{
    private Moments _tokens;
    private Moments _cost;
    private Moments _seconds;

    public double? Tokens => _tokens.MeanOrNull;

    public double? CostUsd => _cost.MeanOrNull;

    public double? Seconds => _seconds.MeanOrNull;

    public void Add(SessionFacts facts)
    {
        if (facts.TotalTokens is { } tokens)
        {
            _tokens.Add(tokens);
        }

        if (facts.CostUsd is { } cost)
        {
            _cost.Add(cost);
        }

        if (facts.Seconds is { } seconds)
        {
            _seconds.Add(seconds);
        }
    }
}
