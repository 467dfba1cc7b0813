using Atlas.Domain;
using Atlas.Learning.Journal;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

public sealed class SynthesisBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_budget_that_is_used_up_is_free_again_an_hour_after_its_first_synthesis()
    {
        var once = SynthesisBudget.Spend(null, 1, 2, Start)!;
        var twice = SynthesisBudget.Spend(once, 1, 2, Start.AddMinutes(50))!;

        Assert.Null(SynthesisBudget.FreeAgainAt(once, 2, Start.AddMinutes(1)));
        Assert.Equal(Start.AddHours(1), SynthesisBudget.FreeAgainAt(twice, 2, Start.AddMinutes(51)));
        Assert.Null(SynthesisBudget.FreeAgainAt(twice, 2, Start.AddHours(1)));
        Assert.Equal(new SynthesisBudget(Start.AddHours(1), 1, 2), SynthesisBudget.Spend(twice, 1, 2, Start.AddHours(1)));
    }

    [Fact]
    public void No_limit_and_no_model_bound_nothing()
    {
        var many = new SynthesisBudget(Start, 1000, 0);

        Assert.Null(SynthesisBudget.FreeAgainAt(many, 0, Start));
        Assert.Null(SynthesisBudget.Spend(null, 0, 2, Start));
        Assert.Null(SynthesisBudget.FreeAgainAt(null, 1, Start));
    }

    [Fact]
    public void An_hour_that_a_clock_has_put_into_the_future_is_over_and_the_next_synthesis_begins_another()
    {
        var wrong = LearningKeyState.Empty with { Budget = new SynthesisBudget(Start.AddYears(1), 2, 2) };
        Assert.Null(SynthesisBudget.FreeAgainAt(wrong.Budget, 2, Start));
        Assert.NotNull(SynthesisBudget.FreeAgainAt(wrong.Budget, 2, Start.AddYears(1).AddSeconds(-20)));

        var failed = Assert.IsType<SynthesisFailed>(SynthesisDecisions.Fail(wrong, "model", "It failed.", Start, 1, 2).Events[0]);
        Assert.Equal(new SynthesisBudget(Start, 1, 2), LearningKeyFold.Apply(wrong, Numbered(1, failed)).Budget);

        // As events from before are folded.
        Assert.Equal(3, LearningKeyFold.Apply(wrong, Numbered(1, failed with { BeginsHour = false })).Budget!.Used);
    }

    [Fact]
    public void A_failure_that_a_clock_has_put_into_the_future_delays_no_attempt()
    {
        var report = new SynthesisReport(Start, "failed", "model", "It failed.", 1, Start.AddMinutes(10));

        Assert.Equal(Start.AddMinutes(10), report.WaitsUntil(Start.AddSeconds(-20)));
        Assert.Null(report.WaitsUntil(Start.AddYears(-1)));
    }

    [Fact]
    public void Failures_count_for_the_budget_and_costs_add_up()
    {
        var failed = LearningKeyFold.Apply(LearningKeyState.Empty, Numbered(1, SynthesisDecisions.Fail(LearningKeyState.Empty, "model", "It failed.", Start, 1, 3).Events[0]));
        var concluded = Conclude(Conclude(failed, 2), 3);

        Assert.Equal(new SynthesisBudget(Start, 3, 3), concluded.Budget);
        Assert.Equal(new TokenUsage(4, 20, 10), concluded.SynthesisCost);
        Assert.Equal(new TokenUsage(2, 10, 5), concluded.LastSynthesis!.Cost);
        Assert.Equal(Start.AddHours(1), SynthesisBudget.FreeAgainAt(concluded.Budget, 3, Start.AddMinutes(5)));
    }

    [Fact]
    public void What_outdated_answers_have_cost_is_on_record_when_the_next_attempt_fails()
    {
        var failed = SynthesisDecisions.Fail(LearningKeyState.Empty, "model", "It failed.", Start, 2, 3, new TokenUsage(1, 10, 5)).Events[0];
        var state = LearningKeyFold.Apply(LearningKeyState.Empty, Numbered(1, failed));

        Assert.Equal(new TokenUsage(1, 10, 5), state.SynthesisCost);
        Assert.Equal(new TokenUsage(3, 20, 10), Conclude(state, 2).SynthesisCost);
    }

    private static LearningKeyState Conclude(LearningKeyState state, long sequence) => LearningKeyFold.Apply(state, Numbered(sequence, new SynthesisConcluded
    {
        SessionIds = [],
        Outcome = "unchanged",
        Synthesizer = "model",
        Cost = new TokenUsage(2, 10, 5),
        Spent = 1,
        HourlyLimit = 3,
        At = Start.AddMinutes(sequence),
        Author = "synthesizer:model",
    }));

    private static LearningKeyEvent Numbered(long sequence, LearningKeyEvent happened) => happened with { Sequence = sequence };
}
