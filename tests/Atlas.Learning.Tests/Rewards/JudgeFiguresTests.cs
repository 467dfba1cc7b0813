using System.Collections.Immutable;
using Atlas.Learning.Rewards;
using Xunit;

namespace Atlas.Learning.Tests.Rewards;

public sealed class JudgeFiguresTests
{
    [Fact]
    public void A_panel_without_an_answer_says_nothing()
    {
        Assert.Null(JudgeFigures.Of([Session(1, 0.5)]));
        Assert.Null(JudgeReport.Of([], "key"));
    }

    [Fact]
    public void Agreement_is_counted_over_sessions_that_brought_an_outcome_by_the_newest_answer()
    {
        var figures = JudgeFigures.Of([Session(1, 1, 0.2, 0.9), Session(2, 0, 0.6), Session(3, 0, 0.1), Session(4, null, 0.5)])!;

        var agreement = figures.Agreement!;
        Assert.Equal((4, 5, 3), (figures.Sessions, figures.Answers, agreement.Sessions));
        Assert.Equal(2 / 3.0, agreement.SameSide, 1e-12);
        Assert.Equal(1.0, agreement.Ordered!.Value, 1e-12);
        Assert.Equal((0.9 - 1 + 0.6 + 0.1) / 3, agreement.Difference, 1e-12);
        Assert.Null(agreement.Low);
        Assert.Equal(
            "The judge and the outcome are on the same side in 67 % of 3 sessions and order 100 % of the pairs alike (50 % is chance); the judge scores 20 points higher.",
            JudgeWords.OfAgreement(figures));
    }

    [Fact]
    public void Equal_scores_order_half_and_equal_outcomes_nothing()
    {
        Assert.Equal(0.5, JudgeFigures.Of([Session(1, 1, 0.5), Session(2, 0, 0.5)])!.Agreement!.Ordered);
        Assert.Equal(0.0, JudgeFigures.Of([Session(1, 1, 0.4), Session(2, 0, 0.5)])!.Agreement!.Ordered);
        Assert.Null(JudgeFigures.Of([Session(1, 1, 0.5), Session(2, 1, 0.9)])!.Agreement!.Ordered);
        Assert.Null(JudgeFigures.Of([Session(1, null, 0.5)])!.Agreement);
        Assert.Null(JudgeWords.OfAgreement(JudgeFigures.Of([Session(1, null, 0.5)])!));
    }

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(-0.2, true)]
    [InlineData(0.01, false)]
    public void A_judge_that_moves_is_told_from_one_that_stays(double by, bool moved)
    {
        var drift = JudgeFigures.Of([.. Enumerable.Range(0, 20).Select(number => Session(number, null, 0.5, 0.4, 0.5 + by + (number % 2 == 0 ? 0.02 : -0.02)))])!.Drift!;

        Assert.Equal(by, drift.Change, 1e-12);
        Assert.Equal(20, drift.Sessions);
        Assert.Equal(moved, drift.IsSure);
        Assert.True(drift.Low < by && by < drift.High);
    }

    [Fact]
    public void A_panel_whose_answers_never_differ_is_not_taken_for_one_of_endless_precision()
    {
        var drift = JudgeFigures.Of([.. Enumerable.Range(0, 12).Select(number => Session(number, null, 0.5, 0.5))])!.Drift!;

        Assert.True(drift.High > 0.01);
        Assert.False(drift.IsSure);
    }

    [Fact]
    public void Of_few_sessions_nothing_is_said()
    {
        var figures = JudgeFigures.Of([.. Enumerable.Range(0, JudgeFigures.Fewest - 1).Select(number => Session(number, null, 0.5, 0.9))])!;

        Assert.Null(figures.Drift!.Low);
        Assert.False(figures.Drift.IsSure);
        Assert.Equal("It cannot be said yet whether the judge has changed since 2026-03-04: it was asked twice about 9 sessions, and 10 are needed.", JudgeWords.OfDrift(figures));
        Assert.Null(JudgeWords.OfDrift(JudgeFigures.Of([Session(1, null, 0.5)])!));
    }

    [Fact]
    public void What_the_judge_moved_is_told_beside_the_trend_of_a_key_that_it_judges_and_only_there()
    {
        ImmutableArray<PanelSession> panel = [.. Enumerable.Range(0, 16).Select(number => Session(number, number < 8 ? null : 1, 0.8, 0.7))];
        var judged = JudgeReport.Of([.. panel.Select(session => session with { LearningKey = session.Outcome is null ? "judged" : "brought" })], "judged")!;
        var brought = JudgeReport.Of([.. panel.Select(session => session with { LearningKey = session.Outcome is null ? "judged" : "brought" })], "brought")!;

        Assert.Equal((8, true), (judged.OfKey, judged.GaveRewards));
        Assert.False(brought.GaveRewards);
        Assert.EndsWith(" The rewards that it gave here have changed by -15 points, over other times: how much of that is the judge cannot be said.", judged.Words(-0.15)[^1], StringComparison.Ordinal);
        Assert.StartsWith("The judge has become stricter by 10 points since 2026-03-04 (between -", judged.Words(-0.15)[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("-15 points", brought.Words(-0.15)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_is_only_the_agents_if_it_is_larger_than_what_the_judge_can_have_moved()
    {
        var figures = JudgeFigures.Of([.. Enumerable.Range(0, 16).Select(number => Session(number, null, 0.8, 0.8))])!;
        var most = Math.Max(-figures.Drift!.Low!.Value, figures.Drift.High!.Value);

        Assert.EndsWith("which is more than that: the agent or its tasks have changed.", JudgeWords.OfDrift(figures, -most - 0.01), StringComparison.Ordinal);
        Assert.EndsWith("how much of that is the judge cannot be said.", JudgeWords.OfDrift(figures, -most + 0.01), StringComparison.Ordinal);
        Assert.EndsWith("how much of that is the judge cannot be said.", JudgeWords.OfDrift(figures, 0.001), StringComparison.Ordinal);
    }

    private static PanelSession Session(long id, double? outcome, params double[] scores) =>
        new(id, "key", outcome, [.. scores.Select((score, number) => new PanelAnswer(Build.Now.AddDays(7 * number), "judge", score))]);
}
