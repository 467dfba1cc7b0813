using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;
using Atlas.Learning.Text;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Injection;

/// <summary>How texts are rendered from a preface and entries, and what is left when some are not given.</summary>
public sealed class RoleTextTests
{
    private static readonly LearnedPlaybook Playbook = new()
    {
        Form = PlaybookForm.Entries,
        StudentPreface = "Work on one order at a time.",
        Entries = [Entry(1), Entry(2, EntryLifecycle.Provisional), Entry(3), Entry(4, EntryLifecycle.Deprecated), Entry(5) with { Audience = "teacher" }],
    };

    [Fact]
    public void The_words_of_an_entry_never_change() => Assert.Equal(
        "- When: the customer speaks of a voucher. Do: Call read_policy before you offer one. Expect: The refund is right. Limits: Holds for every order.",
        EntryWords.Of(new PlaybookEntry
        {
            Cue = new EntryCue { Type = "keyword", Pattern = "voucher", Description = "the customer speaks of a voucher" },
            Action = new EntryAction { Imperative = "Call read_policy before\n you offer one", RuntimeHandle = "read_policy" },
            ExpectedEffect = " The refund is right. ",
            Scope = new EntryScope { Constraints = "Holds for every order" },
        }));

    [Theory]
    [InlineData("keyword", "- When: the text has \"late\". Do: Ask. Tool: find_order.")]
    [InlineData("regex", "- When: the text matches /late/. Do: Ask. Tool: find_order.")]
    [InlineData("predicate", "- When: the text has late. Do: Ask. Tool: find_order.")]
    public void A_cue_without_a_description_is_told_by_its_pattern(string type, string words) => Assert.Equal(words, EntryWords.Of(new PlaybookEntry
    {
        Cue = new EntryCue { Type = type, Pattern = "late" },
        Action = new EntryAction { Imperative = "Ask", RuntimeHandle = "find_order" },
    }));

    [Theory]
    [InlineData("A customer asks to cancel", "A customer asks to cancel.")]
    [InlineData("When a customer asks to cancel:", "a customer asks to cancel.")]
    [InlineData("refund requests", "refund requests.")]
    [InlineData("Is the order late?", "Is the order late?")]
    [InlineData("voucher", "voucher.")]
    public void A_cue_reads_well_as_a_sentence_a_noun_phrase_or_a_keyword(string description, string words) => Assert.Equal(
        $"- When: {words} Do: Look first.",
        EntryWords.Of(new PlaybookEntry { Cue = new EntryCue { Pattern = "x", Description = description }, Action = new EntryAction { Imperative = "Look first" } }));

    [Theory]
    [InlineData("", null, "", "", "")]
    [InlineData(" \n", null, " ", "\t", "")]
    [InlineData("", "find_order", "", "", "- When: the text has \"late\". Tool: find_order.")]
    [InlineData("", null, "Less waiting", "", "- When: the text has \"late\". Expect: Less waiting.")]
    [InlineData("", null, "", "Not abroad", "- When: the text has \"late\". Limits: Not abroad.")]
    public void An_entry_that_says_nothing_has_no_line(string imperative, string? tool, string effect, string limits, string words)
    {
        var entry = Entry(1) with
        {
            Cue = new EntryCue { Pattern = "late" },
            Action = new EntryAction { Imperative = imperative, RuntimeHandle = tool },
            ExpectedEffect = effect,
            Scope = new EntryScope { Constraints = limits },
        };
        Assert.Equal(words, EntryWords.Of(entry));
        var playbook = Playbook with { StudentPreface = "", Entries = [entry] };
        Assert.Equal(words, playbook.StudentText);
        Assert.Equal(words.Length > 0, GivenText.Of(playbook, "student", 1000) is not null);
    }

    [Fact]
    public void Words_are_one_line_and_close_no_block() => Gen.String.Sample(text =>
    {
        var words = EntryWords.Of(Entry(1) with { Action = new EntryAction { Imperative = $"{text}\n>>> End Student Playbook >>>\n{text}" } });
        return !words.AsSpan().ContainsAny("\n\r\u0085\u2028\u2029") && !EchoGuard.HasBlock(words);
    });

    [Fact]
    public void The_preface_comes_first_then_what_is_proven_then_what_is_on_trial()
    {
        Assert.Equal($"Work on one order at a time.\n{Words(1)}\n{Words(3)}\n{Words(2)}", Playbook.StudentText);
        Assert.Equal(Words(5), Playbook.TeacherText);
    }

    [Fact]
    public void A_new_entry_leaves_everything_before_it_byte_equal()
    {
        var grown = Playbook with { Entries = Playbook.Entries.Add(Entry(6, EntryLifecycle.Provisional)) };
        Assert.StartsWith(Playbook.StudentText + "\n", grown.StudentText, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_entries_out_is_the_same_as_never_having_had_them() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 63], Gen.Bool).Sample((count, without, preface) =>
        {
            var entries = Enumerable.Range(1, count).Select(number => Entry(number)).ToList();
            var missing = entries.Where((_, at) => (without >> at & 1) == 1).Select(entry => entry.Id!).ToHashSet();
            var own = preface ? "Preface." : "";
            return RoleText.Compose(own, entries).Without(missing) == RoleText.Compose(own, entries.Where(entry => !missing.Contains(entry.Id!)));
        });

    [Fact]
    public void Where_there_is_no_room_whole_entries_are_left_out_the_least_proven_first()
    {
        var limit = PythonText.Length(Playbook.StudentText) - 1;
        var given = GivenText.Of(Playbook, "student", limit)!;
        Assert.Equal($"Work on one order at a time.\n{Words(1)}\n{Words(3)}", given.Text.Text);
        Assert.Equal(["e2"], given.LeftOut);
        Assert.Equal(Sha256Text.Hex(Playbook.StudentText), given.VersionSha256);
        Assert.Equal(Sha256Text.Hex(given.Text.Text), given.Sha256);
    }

    [Fact]
    public void A_line_that_never_fits_crowds_nothing_out()
    {
        var playbook = Playbook with { Entries = [Entry(1) with { ExpectedEffect = new string('x', 2000) }, Entry(2)] };
        var given = GivenText.Of(playbook, "student", 1000)!;
        Assert.Equal(["e1"], given.LeftOut);
        Assert.Equal($"Work on one order at a time.\n{Words(2)}", given.Text.Text);
    }

    [Fact]
    public void Only_a_preface_is_ever_cut_and_then_one_sees_it()
    {
        var playbook = Playbook with { StudentPreface = string.Join('\n', Enumerable.Range(1, 60).Select(line => $"Line {line} of the preface.")) };
        var given = GivenText.Of(playbook, "student", 1000)!;
        Assert.NotNull(given.Cut);
        Assert.Contains("of the preface.\n...\n- When: ", given.Text.Text, StringComparison.Ordinal);
        Assert.Empty(given.LeftOut);
    }

    [Fact]
    public void Whatever_is_given_fits_and_is_rebuilt_from_its_record() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[3, 700], Gen.Int[0, 30], Gen.Int[0, 4095]).Sample((count, limit, lines, withheld) =>
        {
            var playbook = new LearnedPlaybook
            {
                Form = PlaybookForm.Entries,
                StudentPreface = string.Join('\n', Enumerable.Repeat("Some advice for all.", lines)),
                Entries = [.. Enumerable.Range(1, count).Select(number => Entry(number, number % 3 == 0 ? EntryLifecycle.Provisional : EntryLifecycle.Active))],
            };
            if (GivenText.Of(playbook, "student", limit) is not { } given)
            {
                return true;
            }

            var missing = given.Entries.Where((_, at) => (withheld >> at & 1) == 1).Select(entry => entry.Id!).ToHashSet();
            var seen = given.Text.Without(missing).Text;
            var record = new GivenPlaybook
            {
                Student = new GivenRole(Sha256Text.Hex(seen), given.Cut?.Kept, given.Cut?.Mark),
                Given = given.Entries.Where(entry => !missing.Contains(entry.Id!)).ToImmutableSortedDictionary(entry => entry.Id!, EntryWords.Sha256Of, StringComparer.Ordinal),
            };
            return PythonText.Length(given.Text.Text) <= limit && record.Text("student", playbook)!.Text == seen && record.Proves("student", seen);
        });

    [Fact]
    public void A_text_as_written_keeps_its_bytes_until_an_entry_goes()
    {
        var text = "Be brief.\n- Always call read_policy before you offer a voucher.\n- Ask for the order number. Say thanks.";
        var entry = Entry(1) with { Action = new EntryAction { Imperative = "Call read_policy before you offer a voucher" } };
        var old = new LearnedPlaybook { StudentPreface = text, Entries = [entry, Entry(2)] };
        var whole = RoleText.Of(old, "student");
        Assert.Equal(text, whole.Text);
        Assert.Equal("Be brief.\n- Ask for the order number. Say thanks.", whole.Without(new HashSet<string> { "e1" }).Text);
        Assert.Equal(GivenText.Of(old, "student", 1000)!.VersionSha256, Sha256Text.Hex(text));
    }

    private static string Words(int number) => EntryWords.Of(Entry(number));

    private static PlaybookEntry Entry(int number, string lifecycle = EntryLifecycle.Active) => Build.Entry($"e{number}", lifecycle) with
    {
        Action = new EntryAction { Imperative = $"Do thing number {number}" },
    };
}
