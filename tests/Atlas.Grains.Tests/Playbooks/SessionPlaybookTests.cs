using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Sessions;
using Xunit;

namespace Atlas.Grains.Tests.Playbooks;

/// <summary>What one session is given when entries are withheld from it.</summary>
public sealed class SessionPlaybookTests
{
    private static readonly DateTimeOffset MadeAt = new(2026, 3, 4, 9, 15, 21, TimeSpan.Zero);

    private static readonly LearnedPlaybook Rendered = new()
    {
        Form = PlaybookForm.Entries,
        StudentPreface = "Be brief.",
        TeacherPreface = "Be kind.",
        Entries = [Entry("a", "Always call read_policy before you offer a voucher"), Entry("b", "Ask for the order number"), Entry("c", "Check the refund", "teacher")],
    };

    private static readonly LearnedPlaybook AsWritten = Rendered with
    {
        Form = PlaybookForm.AsWritten,
        StudentPreface = "Be brief.\nAlways call read_policy before you offer a voucher.\nSay thanks.",
    };

    public static TheoryData<string> Forms { get; } = ["rendered", "as written"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_entry_that_is_withheld_is_not_told_and_not_looked_for_and_the_prompt_is_rebuilt_without_it(string form)
    {
        var version = form == "rendered" ? Rendered : AsWritten;
        var served = new ServedPlaybook(4, MadeAt, version);
        var options = new LearningOptions();
        var whole = PlaybookSnapshot.Of("support", served, options, GivenText.Of(version, "student", 1000), GivenText.Of(version, "teacher", 1000));

        var given = SessionPlaybook.Without(whole, new HashSet<string> { "a" });

        Assert.Equal(["a"], given.Withheld.Select(entry => entry.Id));
        Assert.DoesNotContain(given.Entries, entry => entry.Id == "a");
        Assert.DoesNotContain("read_policy", given.Student!.Text, StringComparison.Ordinal);
        Assert.StartsWith("Be brief.\n", given.Student.Text, StringComparison.Ordinal);
        Assert.Equal(whole.Student!.VersionSha256, given.Student.VersionSha256);
        Assert.NotEqual(whole.Student.Sha256, given.Student.Sha256);
        Assert.Equal(whole.Teacher, given.Teacher);
        var stored = JsonElement.Parse(SessionPlaybook.Record(given)!).Deserialize<GivenPlaybook>(AtlasJson.Options)!;
        var seen = SeenPrompt.Of("student", stored, version, 4, MadeAt, default)!;
        Assert.Equal((given.Student.Block, true), (seen.Block, seen.IsProven));
        Assert.Equal(given, SessionPlaybook.Again("support", served, stored, options));
    }

    [Fact]
    public void What_stands_nowhere_in_the_texts_cannot_be_withheld()
    {
        var served = new ServedPlaybook(4, MadeAt, AsWritten);
        var whole = PlaybookSnapshot.Of("support", served, new LearningOptions(), GivenText.Of(AsWritten, "student", 1000), null);

        Assert.Same(whole, SessionPlaybook.Without(whole, new HashSet<string> { "b", "no such entry" }));
    }

    private static PlaybookEntry Entry(string id, string imperative, string audience = "student") => new()
    {
        Id = id,
        Audience = audience,
        Cue = new EntryCue { Type = "keyword", Pattern = "voucher" },
        Action = new EntryAction { Imperative = imperative },
    };
}
