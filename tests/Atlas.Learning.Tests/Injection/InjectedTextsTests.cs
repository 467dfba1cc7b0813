using Atlas.Learning.Digest;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;
using Atlas.Testing.Digest;
using CsCheck;
using Xunit;
using Atlas.Testing.Playbooks;

namespace Atlas.Learning.Tests.Injection;

/// <summary>What of a text is found again as the playbook that its author was given.</summary>
public sealed class InjectedTextsTests
{
    private const string Playbook = """
        # Refunds
        - Look the order up with get_order before you promise any refund to the customer.
        - Ask for the reason.
        - Never state an amount that the ledger does not confirm for this very order.
        """;

    private static readonly InjectedTexts Injected = InjectedTexts.Of(Playbook, null, " ");

    [Theory]
    [InlineData("I will look the order up with get_order before you promise any refund to the customer. It was shipped.", "I will\n. It was shipped.")]
    [InlineData("> - LOOK the order up with `get_order` before you\n> promise any refund to the customer.\nIt was shipped.", "It was shipped.")]
    [InlineData("My rules: \"Never state an amount that the ledger does not confirm for this very order\", so I ask.", "My rules: \"\n\", so I ask.")]
    [InlineData("state an amount that the ledger\ndoes not confirm", "")]
    [InlineData("{\"note\": \"Never state an amount\\nthat the ledger does not\\nconfirm for this very order\"} done", "{\"note\": \"\n\"} done")]
    [InlineData("1. Look the order up with get_order 2. before you promise any refund to the customer", "1.")]
    [InlineData("Done.\n- Ask for the reason.\nAll is well.", "Done.\nAll is well.")]
    public void Copies_are_found_in_whatever_form(string text, string rest) => Assert.Equal(rest.ReplaceLineEndings("\n"), Tidy(Injected.Remove(text)));

    [Theory]
    [InlineData("I looked the order up and it was shipped.")]
    [InlineData("Please ask for the reason why it was late.")]
    [InlineData("The ledger does not confirm this order.")]
    [InlineData("")]
    public void What_was_said_in_own_words_stays(string text) => Assert.Equal(text, Injected.Remove(text));

    [Theory]
    [InlineData("> >>> Student Playbook >>>\n> Look up first.\n> >>> End Student Playbook >>>\nMine.", "Mine.")]
    [InlineData(">>> Student\n> Playbook >>>\nLook up first.\n>>> End Student\n> Playbook >>>\nMine.", "Mine.")]
    [InlineData("&gt;&gt;&gt; Teacher Playbook &gt;&gt;&gt;\nLook up first.\n&gt;&gt;&gt; End Teacher Playbook &gt;&gt;&gt;\nMine.", "Mine.")]
    [InlineData("```\n>>> **Student Playbook** >>>\nLook up first.\n>>> **End Student Playbook** >>>\n```\nMine.", "Mine.")]
    public void Blocks_are_found_in_quotations(string text, string rest) =>
        Assert.EndsWith(rest, string.Join('\n', EchoGuard.Remove(text).Split('\n').Where(line => line.Any(char.IsLetter))), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_left_of_a_block_that_is_quoted() =>
        Assert.DoesNotContain("Look up first", EchoGuard.Remove("> >>> Student Playbook >>>\n> Look up first.\n> >>> End Student Playbook >>>"), StringComparison.Ordinal);

    [Fact]
    public void A_copy_is_removed_however_it_is_wrapped_and_own_words_stay() => Gen
        .Select(
            Gen.String[Gen.Char["abcdefghij"], 2, 8].Array[8, 40],
            Gen.String[Gen.Char["klmnopqrst"], 2, 8].Array[1, 20],
            Gen.OneOf(" ", "\n", "\n> ", "  \n\t| ", ", ", " **"),
            Gen.Int[2, 9],
            Gen.Bool)
        .Sample((playbook, own, between, width, upper) =>
        {
            var injected = InjectedTexts.Of(string.Join(' ', playbook));
            var copy = string.Join(between, playbook.Chunk(width).Select(words => string.Join(' ', words)));
            var left = injected.Remove($"{string.Join(' ', own)}.\n{(upper ? copy.ToUpperInvariant() : copy)}\n{string.Join(' ', own)}");
            return FoldedWords.Of(left).Select(word => word.Text).SequenceEqual(own.Concat(own));
        });

    [Fact]
    public void Any_text_can_be_looked_through() => Gen.Select(Gen.String, Gen.String).Sample((playbook, text) =>
    {
        var injected = InjectedTexts.Of(playbook);
        var left = injected.Remove(text);
        return left.Length <= text.Length + (2 * text.Count(char.IsLetterOrDigit)) + 1;
    });

    [Theory]
    [InlineData(">")]
    [InlineData(">>> Student Playbook >>>")]
    [InlineData(">>> Student ")]
    [InlineData(">>> End ")]
    public void A_hostile_text_costs_no_more_time_than_another(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        Assert.True(EchoGuard.Remove(text).Length <= text.Length); // Slow patterns would not come back within the suite's time.
    }

    [Fact]
    public void A_digest_holds_no_words_of_the_playbook_that_the_student_repeats()
    {
        var events = new[]
        {
            Build.Json("{'event_type':'LLM_END','data':{'output':'As told: never state an amount that the ledger does not confirm for this very order. The shipment arrived.'}}"),
        };

        var builder = new DigestBuilder("a task", Injected);
        builder.Add(events[0]);

        Assert.DoesNotContain("ledger", builder.Build().StudentWords);
        Assert.Contains("shipment", builder.Build().StudentWords);
        Assert.Contains("ledger", SessionDigester.FromEvents("a task", events).StudentWords);
    }

    [Fact]
    public void What_a_renderer_wrote_is_found_by_its_words_alone()
    {
        var rendered = RenderedText.Of("student", Playbook, 1000, DateTimeOffset.UnixEpoch, 3)!;

        Assert.Equal("", Tidy(InjectedTexts.Of(rendered.Text).Remove(rendered.Block)));
    }

    private static string Tidy(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
}
