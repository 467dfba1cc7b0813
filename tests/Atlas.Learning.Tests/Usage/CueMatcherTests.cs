using System.Diagnostics;
using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Usage;
using Xunit;

namespace Atlas.Learning.Tests.Usage;

public sealed class CueMatcherTests
{
    [Theory]
    [InlineData("keyword", "Check Logs", "please check logs now", true)]
    [InlineData("keyword", "école", "ÉCOLE", true)]
    [InlineData("keyword", "a.c", "abc", false)]
    [InlineData("keyword", "", "anything", false)]
    [InlineData("regex", @"\border\b", "an ORDER today", true)]
    [InlineData("regex", @"\border\b", "reorder", false)]
    [InlineData("regex", "(bad", "(bad", false)]
    [InlineData("semantic", "order", "order", false)]
    [InlineData(null, "order", "order", false)]
    [InlineData("keyword", "order", null, false)]
    public void A_cue_fires_by_its_type(string? type, string pattern, string? text, bool fires) =>
        Assert.Equal(fires, CueMatcher.For(type, pattern).IsMatch(text));

    [Theory]
    [InlineData("path unknown AND retried", "retried, and the PATH UNKNOWN", true)]
    [InlineData("path unknown AND retried", "path unknown", false)]
    [InlineData("timeout OR path unknown AND retried", "a timeout", true)]
    [InlineData("error AND NOT retried", "error, retried", false)]
    [InlineData("error AND NOT retried", "error", true)]
    [InlineData("NOT error", "fine", true)]
    [InlineData("this and that", "that and this", false)]
    [InlineData("AND error", "that AND error", true)]
    public void A_predicate_is_a_condition_over_words(string predicate, string text, bool holds) =>
        Assert.Equal(holds, CueMatcher.For("predicate", predicate).IsMatch(text));

    [Theory]
    [InlineData(@"(?P<word>\w+) (?P=word)", "the the end", true)]
    [InlineData(@"(?P<word>\w+) (?P=word)", "the ox", false)]
    [InlineData(@"(?P<a>x)(y)\2", "xyy", true)]
    [InlineData(@"(?P<a>x)(y)\1", "xyx", true)]
    [InlineData(@"end\Z", "the end", true)]
    [InlineData(@"end\Z", "the end\n", false)]
    [InlineData(@"(?s)a.b", "a\nb", true)]
    [InlineData(@"a(?m)^b", "ab", false)]
    [InlineData(@"(?m)^b", "a\nb", true)]
    [InlineData(@"(?x) a b  # comment", "ab", true)]
    [InlineData(@"(?aiLu)order", "ORDER", true)]
    [InlineData(@"(?i:Order)", "oRDER", true)]
    [InlineData(@"(?a:x)y", "xy", true)]
    [InlineData(@"a++b", "aaab", true)]
    [InlineData(@"a++ab", "aaab", false)]
    [InlineData(@"(?:ab)*+c", "ababc", true)]
    [InlineData(@"[ab]{1,3}+b", "aab", false)]
    [InlineData(@"a{,2}b", "aab", true)]
    [InlineData(@"^a{,2}b", "aaab", false)]
    [InlineData(@"a{x}", "a{x}", true)]
    [InlineData(@"[a-z-[aeiou]]", "[]", true)]
    [InlineData(@"[]a]", "]", true)]
    [InlineData(@"🚀+!", "🚀🚀🚀!", true)]
    [InlineData(@"\U0001F680", "🚀", true)]
    [InlineData(@"(a)?(?(1)b|c)", "ab", true)]
    [InlineData(@"(?<=\$)\d+(?!\d)", "$42", true)]
    [InlineData(@"(?>a+)b", "aab", true)]
    [InlineData(@"\d+", "٣", true)]
    public void Patterns_of_Python_mean_what_they_mean_in_Python(string pattern, string text, bool fires) =>
        Assert.Equal(fires, CueMatcher.For("regex", pattern).IsMatch(text));

    [Theory]
    [InlineData("(unclosed")]
    [InlineData("unopened)")]
    [InlineData("[a-z")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a\\")]
    [InlineData("(?P=none)")]
    [InlineData("(?P<a>x)(?P<a>y)")]
    [InlineData("(?P<1a>x)")]
    [InlineData("(?P>a)")]
    [InlineData(@"\U0011")]
    [InlineData("{1}(?(2)a")]
    public void What_is_no_pattern_does_not_compile_and_never_fires(string pattern)
    {
        Assert.False(CuePattern.Compiles(pattern));
        Assert.False(CueMatcher.For("regex", pattern).IsMatch(pattern));
    }

    [Fact]
    public void L22_a_pattern_has_a_largest_length()
    {
        Assert.True(CuePattern.Compiles(new string('a', CuePattern.MaxLength)));
        Assert.False(CuePattern.Compiles(new string('a', CuePattern.MaxLength + 1)));
    }

    [Fact]
    public void L22_only_the_beginning_of_a_very_long_text_is_searched()
    {
        var matcher = CueMatcher.For("keyword", "needle");
        Assert.True(matcher.IsMatch(new string(' ', CueMatcher.MaxTextLength - 6) + "needle"));
        Assert.False(matcher.IsMatch(new string(' ', CueMatcher.MaxTextLength) + "needle"));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("([a-zA-Z]+)*$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a|a?)+$")]
    [InlineData("(.*a){25}$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData(@"(?=(a+)+$)b")]
    [InlineData(@"(a+)+\1$x")]
    [InlineData(@"(?P<x>a+)+(?P=x)+!")]
    [InlineData(@"(?<!b)(a+)+$")]
    [InlineData("((((((((((a*)*)*)*)*)*)*)*)*)*b")]
    [InlineData("(a{0,60}){0,60}!")]
    [InlineData(@"(?:(?:a?){40}){40}(?=!)")]
    public void L22_no_pattern_takes_longer_than_its_limit(string pattern)
    {
        var text = new string('a', 5000) + "!?";
        var matcher = CueMatcher.For("regex", pattern);
        matcher.IsMatch(text);

        // Twice the limit allows for the clock of the engine and for other tests on the machine; unlimited they take years.
        var watch = Stopwatch.StartNew();
        matcher.IsMatch(text);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 20 * (long)CuePattern.Limit.TotalMilliseconds);
    }

    [Fact]
    public void L22_a_pattern_that_ran_out_of_time_twice_is_not_tried_again()
    {
        var pattern = CuePattern.TryCompile(@"(a|aa)+(?=!)x|found")!;
        var slow = new string('a', 5000) + "!";
        Assert.True(pattern.IsMatch("found"));
        Assert.False(pattern.IsMatch(slow));
        Assert.False(pattern.HasGivenUp);
        Assert.False(pattern.IsMatch(slow));
        Assert.True(pattern.HasGivenUp);
        Assert.False(pattern.IsMatch("found"));
    }

    [Fact]
    public void A_pattern_that_was_held_up_once_is_looked_for_again_at_once_and_nothing_is_held_against_it()
    {
        var looks = 0;
        var pattern = new CuePattern(_ => ++looks % 2 == 1 ? throw new RegexMatchTimeoutException() : true);

        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(pattern.IsMatch("an order")));
        Assert.False(pattern.HasGivenUp);
        Assert.Equal(10, looks);
    }

    [Fact]
    public void Deep_groups_do_no_harm()
    {
        var pattern = string.Concat(Enumerable.Repeat("(", 450)) + "a" + string.Concat(Enumerable.Repeat(")*", 450));
        CueMatcher.For("regex", pattern).IsMatch(new string('b', 2000));
        Assert.True(CueMatcher.For("regex", new string('(', 400) + "a" + new string(')', 400)).IsMatch("a"));
    }

    [Fact]
    public void Patterns_that_are_known_are_not_compiled_again()
    {
        var first = CueDetectorSet.For([Build.Entry("a"), Build.Entry("b") with { Cue = new EntryCue { Type = "regex", Pattern = "x+" } }]);
        var second = CueDetectorSet.For([Build.Entry("c") with { Cue = new EntryCue { Type = "regex", Pattern = "x+" } }], first);
        Assert.Same(first.Detectors[1].Matcher, second.Detectors[0].Matcher);
    }
}
