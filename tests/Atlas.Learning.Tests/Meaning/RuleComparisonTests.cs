using Atlas.Learning.Meaning;
using Xunit;

namespace Atlas.Learning.Tests.Meaning;

public sealed class RuleComparisonTests
{
    [Theory]
    [InlineData("- When: A cue. Do: Act now. Tool: get_order. Expect: Better. Limits: In Europe.", "A cue.", "Act now. get_order.", "In Europe.")]
    [InlineData("- When: A cue. Do: Act now.", "A cue.", "Act now.", "")]
    [InlineData("- Do: Act now. Expect: Better.", "", "Act now.", "")]
    [InlineData("Act now, whatever comes.", "", "Act now, whatever comes.", "")]
    [InlineData("- Expect: Better.", "", "Expect: Better.", "")]
    public void The_words_of_an_entry_are_taken_apart(string words, string when, string act, string limits) =>
        Assert.Equal(new RuleText(when, act, limits), RuleText.Of(words));

    [Fact]
    public void A_rule_for_all_cases_needs_no_vector_of_a_cue()
    {
        Assert.Equal(["Act now."], RuleText.Of("- Do: Act now.").Texts);
        Assert.Equal(["A cue.", "Act now."], RuleText.Of("- When: A cue. Do: Act now.").Texts);
    }

    [Theory]
    [InlineData(0.80, 0.80, RuleRelation.Same)]
    [InlineData(0.79, 0.99, RuleRelation.Different)]
    [InlineData(0.99, 0.79, RuleRelation.Different)]
    public void Cue_and_imperative_must_both_lie_close(double cues, double acts, RuleRelation expected)
    {
        var one = new RuleText("a refund is asked for", "look up the order", "");
        var other = new RuleText("money back is wanted", "check what was bought", "");

        var (relation, similarity) = RuleComparison.Measure(one, other, Known.Pairs(0.8, (one.When, other.When, cues), (one.Do, other.Do, acts)));

        Assert.Equal(expected, relation);
        Assert.Equal(Math.Min(cues, acts), similarity, 1e-6);
    }

    [Theory]
    [InlineData("store the password", "do not store the password", RuleRelation.Opposed)]
    [InlineData("never store it", "do not store it", RuleRelation.Same)]
    [InlineData("read it before you write", "read it after you write", RuleRelation.Opposed)]
    [InlineData("offer 10 percent", "offer 20 percent", RuleRelation.Different)]
    [InlineData("call get_order", "call list_orders", RuleRelation.Different)]
    [InlineData("say \"sorry\"", "say \"thanks\"", RuleRelation.Different)]
    [InlineData("answer in French", "answer in German", RuleRelation.Different)]
    [InlineData("wait for two hours", "wait for five hours", RuleRelation.Different)]
    [InlineData("send it at no cost", "send it for free", RuleRelation.Same)]
    [InlineData("ask the EU office", "ask the US office", RuleRelation.Different)]
    [InlineData("use camelCase here", "use snakeCase here", RuleRelation.Different)]
    public void Words_that_speak_against_it_decide_however_close_two_rules_lie(string one, string other, RuleRelation expected) =>
        Assert.Equal(expected, RuleComparison.Between(new("", one, ""), new("", other, ""), Known.Pairs(0.8, (one, other, 0.95))));

    [Fact]
    public void The_same_sentence_about_another_thing_is_another_rule()
    {
        var (one, other) = (new RuleText("a gift card was used", "refund to the gift card", ""), new RuleText("a credit card was used", "refund to the credit card", ""));

        Assert.Equal(RuleRelation.Different, RuleComparison.Between(one, other, Known.Pairs(0.8, (one.When, other.When, 0.95), (one.Do, other.Do, 0.95))));
    }

    [Theory]
    [InlineData(0.71, RuleRelation.Opposed)]
    [InlineData(0.69, RuleRelation.Different)]
    public void A_contradiction_may_lie_a_little_further_away(double cosine, RuleRelation expected) =>
        Assert.Equal(expected, RuleComparison.Between(new("", "keep it", ""), new("", "never keep it", ""), Known.Pairs(0.8, ("keep it", "never keep it", cosine))));

    [Fact]
    public void Opposite_cases_make_two_rules_and_no_contradiction()
    {
        var (one, other) = (new RuleText("it has shipped", "give the number", ""), new RuleText("it has not shipped", "give no number", ""));

        Assert.Equal(RuleRelation.Different, RuleComparison.Between(one, other, Known.Pairs(0.8, (one.When, other.When, 0.95), (one.Do, other.Do, 0.95))));
    }

    [Fact]
    public void The_same_letters_in_other_clothes_need_no_vector()
    {
        Assert.Equal((RuleRelation.Same, 1), RuleComparison.Measure(new("A cue!", "ACT, now.", ""), new("a cue", "act now", ""), RuleVectors.None));
        Assert.Equal(RuleRelation.Different, RuleComparison.Between(new("", "act now", "only in May"), new("", "act now", "never in May"), RuleVectors.None));
        Assert.Equal((RuleRelation.Different, 0), RuleComparison.Measure(new("", "act now", ""), new("", "wait", ""), RuleVectors.None));
    }

    [Fact]
    public void A_rule_for_one_case_and_the_same_for_all_are_two()
    {
        var (one, other) = (new RuleText("", "look it up", ""), new RuleText("a cue", "check it", ""));

        Assert.Equal((RuleRelation.Different, 0), RuleComparison.Measure(one, other, Known.Pairs(0.8, (one.Do, other.Do, 0.99))));
    }

    [Fact]
    public void A_vector_of_another_length_or_of_zeros_says_nothing()
    {
        var vectors = new RuleVectors("model", 0.5, RuleVectors.None.Vectors.Add("a", [1f, 0f]).Add("b", [1f]).Add("c", [0f, 0f]));

        Assert.Null(vectors.Cosine("a", "b"));
        Assert.Null(vectors.Cosine("a", "c"));
        Assert.Null(vectors.Cosine("a", "d"));
        Assert.Equal(1, vectors.Cosine("a", "a"));
    }
}
