using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.History;
using Atlas.Learning.Impact;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Properties;

/// <summary>Counting sessions. CsCheck prints the seed of a failing case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class ImpactProperties
{
    private static readonly ImmutableArray<PlaybookEntry> Entries = [Build.Entry("a"), Build.Entry("b", audience: "teacher"), Build.Entry("c")];

    private static readonly Gen<EntryUsage> Usage =
        from id in Gen.OneOf("a", "b", "c", "unknown")
        from role in Gen.OneOf("student", "teacher")
        from hits in Gen.Int[0, 3]
        from good in Gen.Int[0, 2]
        from bad in Gen.Int[0, 2]
        select new EntryUsage { EntryId = id, Role = role, CueHits = hits, Adoptions = good + bad, SuccessfulAdoptions = good, FailedAdoptions = bad };

    private static readonly Gen<SessionOutcome> Outcome =
        from usage in Usage.Array[0, 4]
        from score in Gen.Double[0, 1].Nullable()
        from tokens in Gen.Int[0, 9000].Nullable()
        from incident in Gen.OneOf(null, "i1", "i2", "i3")
        from retries in Gen.Int[0, 3]
        from failures in Gen.Int[0, 2]
        select new SessionOutcome
        {
            SessionId = 1,
            Usage = [.. usage],
            Score = score,
            TotalTokens = tokens,
            IncidentId = incident,
            IncidentTags = incident is null ? [] : ["tag-" + incident],
            RetryCount = retries,
            FailureEvents = failures,
        };

    [Fact]
    public void Outcomes_count_the_same_in_any_order() =>
        Gen.Select(Outcome.Array[0, 12], Gen.Int).Sample((outcomes, seed) =>
        {
            var numbered = outcomes.Select((outcome, index) => (Outcome: outcome, Time: Build.Now.AddMinutes(index))).ToArray();
            var shuffled = numbered.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Merge(numbered).Zip(Merge(shuffled)).All(pair => IsSame(pair.First.Impact, pair.Second.Impact));
        });

    [Fact]
    public void Rolling_history_is_the_history_of_all_sessions() =>
        Gen.Select(Gen.Double[0, 1].Nullable().Array[0, 40], Gen.Int[1, 15]).Sample((scores, limit) =>
        {
            var records = scores.Select(score => new HistoryRecord { Reward = System.Text.Json.JsonSerializer.SerializeToElement(new { score }) }).ToArray();
            var whole = LearningHistory.Of(records, limit);
            var totals = scores.Aggregate(RollingHistory.Empty, (history, score) => history.Add(score));
            var rolling = LearningHistory.Of(records.TakeLast(limit), limit, totals);
            return whole.TotalCount == rolling.TotalCount
                && whole.RecentHighScoreStreak == rolling.RecentHighScoreStreak
                && whole.RecentLowScoreStreak == rolling.RecentLowScoreStreak
                && whole.AverageScore == rolling.AverageScore
                && IsSame(whole.OverallAverageScore ?? -1, rolling.OverallAverageScore ?? -1)
                && totals.HighStreak == Streak(scores, score => score >= RollingHistory.HighScore)
                && totals.LowStreak == Streak(scores, score => score <= RollingHistory.LowScore);
        });

    private static long Streak(double?[] scores, Func<double, bool> belongs) =>
        scores.OfType<double>().Reverse().TakeWhile(belongs).LongCount();

    private static ImmutableArray<PlaybookEntry> Merge(IEnumerable<(SessionOutcome Outcome, DateTimeOffset Time)> outcomes) =>
        outcomes.Aggregate(Entries, (entries, item) => ImpactMerge.Apply(entries, item.Outcome, item.Time));

    private static bool IsSame(EntryImpact? first, EntryImpact? second)
    {
        if (first is null || second is null)
        {
            return first == second;
        }

        // The order in which incidents are listed is that of counting; which are listed is not.
        var common = first with
        {
            RewardWithSum = second.RewardWithSum,
            RewardWithoutSum = second.RewardWithoutSum,
            IncidentIds = second.IncidentIds,
            IncidentTags = second.IncidentTags,
        };
        return common == second
            && IsSame(first.RewardWithSum, second.RewardWithSum)
            && IsSame(first.RewardWithoutSum, second.RewardWithoutSum)
            && first.IncidentIds.Order().SequenceEqual(second.IncidentIds.Order())
            && first.IncidentTags.Order().SequenceEqual(second.IncidentTags.Order());
    }

    private static bool IsSame(double first, double second) => Math.Abs(first - second) <= 1e-9;
}
