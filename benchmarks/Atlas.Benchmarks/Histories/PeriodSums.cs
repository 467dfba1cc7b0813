using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Benchmarks.Histories;

/// <summary>Adds whole periods to the sums in a state.</summary>
internal static class PeriodSums
{
    /// <summary>Returns <paramref name="one"/> plus <paramref name="times"/> times the difference between it and
    /// <paramref name="two"/>.</summary>
    public static LearningKeyState Add(LearningKeyState one, LearningKeyState two, int times)
    {
        return one with
        {
            Revision = Sum(state => state.Revision),
            SessionsObserved = Sum(state => state.SessionsObserved),
            SessionsApplied = Sum(state => state.SessionsApplied),
            History = one.History with
            {
                TotalCount = Sum(state => state.History.TotalCount),
                ScoreCount = Sum(state => state.History.ScoreCount),
                ScoreSum = one.History.ScoreSum + (times * (two.History.ScoreSum - one.History.ScoreSum)),
            },
            Playbook = one.Playbook with
            {
                Entries =
                [
                    .. one.Playbook.Entries.Zip(two.Playbook.Entries, (entry, later) =>
                        entry with { Impact = Add(entry.Impact!, later.Impact!, times) }),
                ],
            },
        };

        long Sum(Func<LearningKeyState, long> figure) => figure(one) + (times * (figure(two) - figure(one)));
    }

    private static EntryImpact Add(EntryImpact one, EntryImpact two, int times)
    {
        return one with
        {
            SessionsObserved = Sum(impact => impact.SessionsObserved),
            SessionsWithHits = Sum(impact => impact.SessionsWithHits),
            SessionsWithoutHits = Sum(impact => impact.SessionsWithoutHits),
            TotalCueHits = Sum(impact => impact.TotalCueHits),
            TotalAdoptions = Sum(impact => impact.TotalAdoptions),
            SuccessfulAdoptions = Sum(impact => impact.SuccessfulAdoptions),
            FailedAdoptions = Sum(impact => impact.FailedAdoptions),
            RewardWithSum = Real(impact => impact.RewardWithSum),
            RewardWithCount = Sum(impact => impact.RewardWithCount),
            RewardWithoutSum = Real(impact => impact.RewardWithoutSum),
            RewardWithoutCount = Sum(impact => impact.RewardWithoutCount),
            TokensWithSum = Real(impact => impact.TokensWithSum),
            TokensWithCount = Sum(impact => impact.TokensWithCount),
            TokensWithoutSum = Real(impact => impact.TokensWithoutSum),
            TokensWithoutCount = Sum(impact => impact.TokensWithoutCount),
            RetrySum = Sum(impact => impact.RetrySum),
            RetrySamples = Sum(impact => impact.RetrySamples),
            FailureEvents = Sum(impact => impact.FailureEvents),
        };

        long Sum(Func<EntryImpact, long> figure) => figure(one) + (times * (figure(two) - figure(one)));
        double Real(Func<EntryImpact, double> figure) => figure(one) + (times * (figure(two) - figure(one)));
    }
}
