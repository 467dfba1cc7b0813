using Atlas.Learning.Injection;
using Atlas.Learning.Text;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Injection;

/// <summary>CsCheck prints the seed of a failing case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class PlaybookBudgetTests
{
    private const string Playbook = "# Do\n- Look the order up.\n- Say what you found.\n\n# Avoid\n- Guessing amounts.";

    [Fact]
    public void A_text_that_fits_stays_as_it_is() => Assert.Equal(Playbook, PlaybookBudget.FitCharacters($"\n{Playbook}  ", Playbook.Length));

    [Fact]
    public void A_section_that_does_not_fit_goes_as_a_whole_with_its_heading() =>
        Assert.Equal("# Do\n- Look the order up.\n- Say what you found.\n...", PlaybookBudget.FitCharacters(Playbook, Playbook.Length - 8));

    [Fact]
    public void Whole_lines_stay_where_a_section_does_not_fit() =>
        Assert.Equal("# Do\n- Look the order up.\n...", PlaybookBudget.FitCharacters(Playbook, 40));

    [Fact]
    public void A_line_is_cut_only_where_not_even_one_fits() =>
        Assert.Equal("Look the...", PlaybookBudget.FitCharacters("Look the order up before you answer.", 12));

    [Theory]
    [InlineData(null, 10)]
    [InlineData(" \n ", 10)]
    [InlineData("Look the order up.", 3)]
    public void Nothing_is_left_of_a_blank_text_or_a_budget_without_room(string? text, int budget) =>
        Assert.Null(PlaybookBudget.FitCharacters(text, budget));

    [Fact]
    public void The_result_keeps_the_budget_and_is_a_beginning_of_the_text() =>
        Gen.Select(Gen.String[Gen.Char["ab #-\n🚀"], 0, 120], Gen.Int[1, 60], Gen.Int[1, 4]).Sample((text, budget, perToken) =>
        {
            int Measure(string value) => (PythonText.Length(value) + perToken - 1) / perToken;
            var fitted = PlaybookBudget.Fit(text, budget, Measure);
            if (fitted is null)
            {
                return true;
            }

            var own = fitted.EndsWith("...", StringComparison.Ordinal) ? PythonText.StripEnd(fitted[..^3]) : fitted;
            return Measure(fitted) <= budget && PythonText.Strip(text).StartsWith(own, StringComparison.Ordinal);
        });
}
