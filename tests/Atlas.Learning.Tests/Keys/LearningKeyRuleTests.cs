using Atlas.Learning.Keys;
using Xunit;

namespace Atlas.Learning.Tests.Keys;

public sealed class LearningKeyRuleTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("007")]
    [InlineData(" a ")]
    [InlineData("support/refunds")]
    [InlineData("...")]
    [InlineData("./a")]
    [InlineData("\u200d")]
    [InlineData("\ud83d\ude80")]
    public void Any_text_that_is_not_blank_is_a_key(string key) => Assert.Null(LearningKeyRule.ProblemOf(key));

    [Theory]
    [InlineData(null, "this one is blank.")]
    [InlineData("", "this one is blank.")]
    [InlineData(" \u3000\u001c", "this one is blank.")]
    [InlineData(".", "'.' cannot be part of an address.")]
    [InlineData("..", "'..' cannot be part of an address.")]
    [InlineData("a\0", "this one contains the control character U+0000.")]
    [InlineData("a\u009f", "this one contains the control character U+009F.")]
    public void What_is_no_key_is_told_why(string? key, string why) => Assert.EndsWith(why, LearningKeyRule.ProblemOf(key), StringComparison.Ordinal);

    [Fact]
    public void Half_of_a_character_is_no_part_of_a_key() =>
        Assert.EndsWith("a lone surrogate.", LearningKeyRule.ProblemOf(new string(['a', '\ud83d', 'b'])), StringComparison.Ordinal);

    [Fact]
    public void Length_counts_code_points()
    {
        var rocket = "\ud83d\ude80";
        Assert.Null(LearningKeyRule.ProblemOf(string.Concat(Enumerable.Repeat(rocket, LearningKeyRule.MaxLength))));
        Assert.EndsWith("this one has 513.", LearningKeyRule.ProblemOf(string.Concat(Enumerable.Repeat(rocket, 513))), StringComparison.Ordinal);
    }
}
