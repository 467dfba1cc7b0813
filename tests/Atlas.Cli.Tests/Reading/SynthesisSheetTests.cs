using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Journal;
using Atlas.Queries.Keys;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

public sealed class SynthesisSheetTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_failure_is_told_with_its_reason_and_when_it_is_tried_again()
    {
        var lines = Lines(LearningKeyState.Empty with
        {
            LastSynthesis = new SynthesisReport(At, "failed", "openai/scripted", "The model is on holiday.", 2, At.AddSeconds(10)),
        });

        Assert.Equal(
            ["synthesis failed at 2026-03-01 12:00:00Z by openai/scripted: The model is on holiday. (2 failures in a row; not tried again before 2026-03-01 12:00:10Z)"],
            lines);
    }

    [Fact]
    public void Cost_and_a_budget_that_is_used_up_are_told()
    {
        var lines = Lines(LearningKeyState.Empty with
        {
            LastSynthesis = new SynthesisReport(At, "changed", "openai/scripted", null, Cost: new TokenUsage(1, 100, 20)),
            SynthesisCost = new TokenUsage(5, 500, 100),
            Budget = new SynthesisBudget(At, 2, 2),
        });

        Assert.Equal(
            [
                "synthesis changed at 2026-03-01 12:00:00Z by openai/scripted",
                "spent     600 tokens in 5 calls of a language model; 120 tokens in the last synthesis",
                "budget    2 of 2 syntheses used in the hour from 2026-03-01 12:00:00Z; the next one can run at 2026-03-01 13:00:00Z",
            ],
            lines);
    }

    [Fact]
    public void A_key_without_syntheses_says_nothing_of_them() => Assert.Empty(Lines(LearningKeyState.Empty));

    private static string[] Lines(LearningKeyState state)
    {
        using var data = new StringWriter();
        SynthesisSheet.Write(
            KeySyntheses.Of(state, At.AddMinutes(1)), new Terminal(data, TextWriter.Null, dataIsTerminal: false, talkIsTerminal: false, colours: false));
        return data.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
