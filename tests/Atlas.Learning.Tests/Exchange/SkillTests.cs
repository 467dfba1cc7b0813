using Atlas.Domain.Playbooks;
using Atlas.Learning.Exchange;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Exchange;

public sealed class SkillTests
{
    private static LearnedPlaybook Playbook(int entries, string preface = "Be kind.") => LearnedPlaybook.Empty with
    {
        Form = PlaybookForm.Entries,
        StudentPreface = preface,
        Entries = [.. Enumerable.Range(0, entries).Select(n => new PlaybookEntry
        {
            Id = $"e{n}",
            Audience = "student",
            Cue = new EntryCue { Pattern = $"voucher {n}", Description = $"the customer speaks of voucher {n}" },
            Action = new EntryAction { Imperative = $"Read policy {n} before you offer one" },
        })],
    };

    [Fact]
    public void A_skill_has_name_description_version_and_digest_within_the_bounds()
    {
        var files = SkillFolder.Write("Support/Refunds \"EU\"", 7, Playbook(3));
        var skill = Assert.Single(files).Value;
        Assert.StartsWith("---\nname: support-refunds-eu\ndescription: \"", skill, StringComparison.Ordinal);
        Assert.Contains("learning_key: \"Support/Refunds \\\"EU\\\"\"", skill, StringComparison.Ordinal);
        Assert.Contains("version: \"7\"", skill, StringComparison.Ordinal);
        Assert.Contains($"sha256: \"{PlaybookContentHash.Compute(Playbook(3))}\"", skill, StringComparison.Ordinal);
        Assert.Contains("Be kind.", skill, StringComparison.Ordinal);
        Assert.Contains("Read policy 2 before you offer one.", skill, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_split_off_and_nothing_is_lost()
    {
        var playbook = Playbook(1000);
        var files = SkillFolder.Write("k", 1, playbook);
        Assert.True(files.Count > 2);
        Assert.All(files.Values, text => Assert.InRange(text.Length, 1, SkillFolder.MaxBody + 2000));
        var all = string.Concat(files.Values);
        Assert.All(Enumerable.Range(0, 1000), n => Assert.Contains($"Read policy {n} before", all, StringComparison.Ordinal));
        Assert.All(files.Keys.Where(name => name != "SKILL.md"), name => Assert.Contains($"]({name})", files["SKILL.md"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tau/airline", "tau-airline")]
    [InlineData("🦉", "atlas-playbook")]
    [InlineData("--A--", "a")]
    public void The_name_is_of_letters_digits_and_hyphens(string key, string name) => Assert.Equal(name, SkillFolder.NameOf(key));

    [Fact]
    public void A_long_key_makes_a_name_within_the_bound() => Assert.InRange(SkillFolder.NameOf(new string('k', 500)).Length, 1, SkillFolder.MaxName);

    [Fact]
    public void A_skill_that_was_written_is_read_again_rule_by_rule()
    {
        var read = ForeignPlaybooks.Read(SkillFolder.Write("k", 1, Playbook(3))["SKILL.md"], "k");
        Assert.Equal(3, read.Length);
        Assert.Equal("the customer speaks of voucher 0", read[0].Cue.Description);
        Assert.Equal("Read policy 0 before you offer one.", read[0].Action.Imperative);
    }

    [Fact]
    public void Bullets_of_ACE_keep_their_counts_and_sections()
    {
        var read = ForeignPlaybooks.Read(
            "## STRATEGIES & INSIGHTS\n[shr-00001] helpful=3 harmful=1 :: When the order is old, then check the date.\n  Twice.\n[shr-00002] helpful=0 harmful=0 :: Never guess.\n\n## CODE\n- [c-1] :: Use ids.\n", "ace.txt");
        Assert.Equal(3, read.Length);
        Assert.Equal(("the order is old", "check the date. Twice."), (read[0].Cue.Description, read[0].Action.Imperative));
        Assert.Equal((3, 1, "shr-00001"), (read[0].Metadata!["helpful"].GetInt32(), read[0].Metadata!["harmful"].GetInt32(), read[0].Metadata!["source_id"].GetString()));
        Assert.Equal("CODE", read[2].Scope.AppliesWhen);
    }

    [Theory]
    [InlineData("""{"results": [{"id": "m1", "memory": "Likes tea"}, {"memory": "Likes tea"}, {"memory": ""}, 5]}""", 1)]
    [InlineData("""["Likes tea", "Hates coffee"]""", 2)]
    [InlineData("- Likes tea\n- Hates coffee\n", 2)]
    [InlineData("1. Likes tea\n2) Hates coffee", 2)]
    [InlineData("Likes tea\n\nHates coffee\n", 2)]
    [InlineData("﻿# Title\r\n* Likes tea\r\n", 1)]
    public void Memories_and_plain_lists_are_read_none_twice(string text, int rules) => Assert.Equal(rules, ForeignPlaybooks.Read(text, "list").Length);

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("{}")]
    [InlineData("{\"results\": []}")]
    [InlineData("{\"results\": [")]
    [InlineData("# only a title")]
    public void Where_there_is_no_rule_it_says_what_would_be_one(string text) => Assert.Throws<PlaybookFormatException>(() => ForeignPlaybooks.Read(text, "x"));

    [Fact]
    public void What_is_read_is_an_entry_of_a_document()
    {
        var entries = ForeignPlaybooks.Read("- When asked: answer\n- " + new string('x', 5000), "list");
        var document = PlaybookDocument.Export(LearnedPlaybook.Empty with { Form = PlaybookForm.Entries, Entries = entries });
        Assert.Equal(2, PlaybookDocument.Import(document).Entries.Length);
        Assert.All(entries, entry => Assert.InRange(entry.Action.Imperative.Length, 1, ForeignPlaybooks.MaxRule));
    }
}
