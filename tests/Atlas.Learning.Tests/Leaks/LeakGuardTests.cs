using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Leaks;

/// <summary>What counts as an answer in a playbook, and what does not.</summary>
public sealed class LeakGuardTests
{
    [Theory]
    [InlineData("ORD-10427", "Refund ORD-10427 first.")]
    [InlineData("ORD-10427", "refund ord 10427 first")]
    [InlineData("ORD-10427", "refund ord10427first")]
    [InlineData("ORD-10427", "Refund ORD\u200b-\u200b10427.")]
    [InlineData("ORD-10427", "Refund ＯＲＤ－１０４２７.")]
    [InlineData("The bridge at Arnhem", "Say: the\n  \"bridge\" — at ARNHEM!")]
    [InlineData("1234.50", "The total is $1,234.5 for all.")]
    [InlineData("12,500 units", "Expect 12500 units.")]
    [InlineData("Paris", "It is Paris.")]
    [InlineData("東京タワー", "答えは東京タワーです")]
    [InlineData("it's closed", "Its closed.")]
    public void A_long_answer_counts_wherever_its_words_stand(string answer, string text) =>
        Assert.Equal("contains answer 1 of learning.leak_guard", Guard(answer).Objection(text));

    [Theory]
    [InlineData("Paris", "Compare with comparison tables.")]
    [InlineData("ORD-10427", "Refund ORD-1042 within 7 days.")]
    [InlineData("The bridge at Arnhem", "The bridge was at risk near Arnhem.")]
    [InlineData("1234.50", "The total is 1234.05.")]
    public void Other_words_are_no_answer(string answer, string text) => Assert.Null(Guard(answer).Objection(text));

    [Theory]
    [InlineData("42", "42")]
    [InlineData("42", " “42.” ")]
    [InlineData("42", "For the total, answer 42.")]
    [InlineData("42", "The final answer is always 42 for such tasks.")]
    [InlineData("42", "Answer: 42")]
    [InlineData("yes", "Reply \"yes\", then stop.")]
    [InlineData("B", "Choose option B")]
    [InlineData("3 km", "The result is 3 km, rounded.")]
    public void A_short_answer_counts_where_it_is_given_as_an_answer(string answer, string text) => Assert.NotNull(Guard(answer).Objection(text));

    [Theory]
    [InlineData("42", "Wait 42 seconds before the next try.")]
    [InlineData("42", "Answer within 42 seconds.")]
    [InlineData("42", "Answer 42 questions at most.")]
    [InlineData("yes", "Answer yes or no.")]
    [InlineData("no", "Answer no more than was asked.")]
    [InlineData("B", "Plan B is the fallback.")]
    [InlineData("42", "Use page 4, line 2.")]
    public void A_short_answer_that_stands_somewhere_by_chance_does_not(string answer, string text) => Assert.Null(Guard(answer).Objection(text));

    [Theory]
    [InlineData("cue.pattern", """\bORD\-10427\b""")]
    [InlineData("cue.pattern", "ord[- ]?x|ORD-10427")]
    [InlineData("cue.description", "mentions ORD-10427")]
    [InlineData("action.imperative", "Look up ORD-10427")]
    [InlineData("expected_effect", "ORD-10427 is found")]
    [InlineData("scope.constraints", "not for ORD-10427")]
    [InlineData("scope.applies_when", "ORD-10427 is open")]
    [InlineData("id", "entry-ord-10427")]
    [InlineData("action.arguments.order", "ORD-10427")]
    [InlineData("metadata.why", "ORD-10427")]
    [InlineData("hint", "ORD-10427")]
    public void Every_field_of_an_entry_is_looked_at(string path, string value)
    {
        var objection = Guard("ORD-10427").Objection(Put(Build.Entry("e1"), path, value));

        Assert.Equal($"{path} contains answer 1 of learning.leak_guard", objection);
        Assert.DoesNotContain("10427", objection, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_answer_in_a_cue_or_an_argument_says_nothing() =>
        Assert.Null(Guard("42").Objection(Put(Put(Build.Entry("e1"), "cue.pattern", "42"), "action.arguments.limit", "42")));

    [Fact]
    public void What_counts_as_short_can_be_set()
    {
        Assert.Null(LeakGuard.Of(Options("Paris") with { ShortAnswerLength = 6 }).Objection("It is Paris."));
        Assert.NotNull(LeakGuard.Of(Options("42") with { ShortAnswerLength = 2 }).Objection("Wait 42 seconds."));
    }

    [Fact]
    public void The_number_is_that_of_the_list_with_those_of_the_file_behind() => Assert.Equal(
        "contains answer 3 of learning.leak_guard",
        LeakGuard.Of(Options("first answer", "   ") with { FileAnswers = ["third answer"] }).Objection("Give the third answer."));

    [Fact]
    public void Without_answers_nothing_is_held_against_any_text()
    {
        var guard = LeakGuard.Of(new LeakGuardOptions { Answers = ["", " . "] });

        Assert.True(guard.IsEmpty);
        Assert.Null(guard.Objection("anything"));
        Assert.Null(guard.Objection(Build.Entry("e1")));
    }

    [Fact]
    public void An_answer_is_found_in_any_clothes() => Gen
        .Select(Gen.String[Gen.Char["abcdefgh"], 3, 6].Array[2, 5], Gen.OneOf(" ", "-", "\n> ", ", ", "\u00a0", " **"), Gen.Bool, Gen.String[Gen.Char["xyz .,\n"], 0, 20])
        .Sample((words, between, upper, around) =>
        {
            var text = string.Join(between, words);
            return Guard(string.Join(' ', words)).Objection($"{around} {(upper ? text.ToUpperInvariant() : text)} {around}") is not null;
        });

    private static LeakGuard Guard(params string[] answers) => LeakGuard.Of(Options(answers));

    private static LeakGuardOptions Options(params string[] answers) => new() { Answers = [.. answers] };

    private static PlaybookEntry Put(PlaybookEntry entry, string path, string value) => path switch
    {
        "cue.pattern" => entry with { Cue = entry.Cue with { Type = "regex", Pattern = value } },
        "cue.description" => entry with { Cue = entry.Cue with { Description = value } },
        "action.imperative" => entry with { Action = entry.Action with { Imperative = value } },
        "expected_effect" => entry with { ExpectedEffect = value },
        "scope.constraints" => entry with { Scope = entry.Scope with { Constraints = value } },
        "scope.applies_when" => entry with { Scope = entry.Scope with { AppliesWhen = value } },
        "id" => entry with { Id = value },
        "metadata.why" => entry with { Metadata = new() { ["why"] = Build.Raw($"\"{value}\"") } },
        "hint" => entry with { Extra = new() { ["hint"] = Build.Raw($"\"{value}\"") } },
        _ => entry with { Action = entry.Action with { Arguments = new() { [path.Split('.')[^1]] = Build.Raw($"\"{value}\"") } } },
    };
}
